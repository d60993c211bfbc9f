import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
print(x, x.requires_grad, x.is_leaf, x.grad_fn, x.grad)
y = x * 2
print(y)
print(y + 1, y - 1, y / 2, -y, y ** 2, y.sum(), y.mean())
print(x.exp(), x.clamp(min=0), x.view(2, 1), x.reshape(1, 2).t(), x[0], x.detach())
print(torch.tensor(3.0, requires_grad=True), x.unsqueeze(0).mm(x.unsqueeze(1)))
(y ** 2).sum().backward()
print(x.grad, y.requires_grad, y.is_leaf)
print(torch.zeros(2, 2, requires_grad=True))
