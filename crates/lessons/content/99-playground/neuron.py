import torch

x = torch.tensor([0.5, -1.0])
w = torch.tensor([2.0, 1.0], requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)

z = (w * x).sum() + b
y = torch.sigmoid(z)
loss = (y - 1) ** 2
loss.backward()

print(y.item())
print(w.grad, b.grad)
