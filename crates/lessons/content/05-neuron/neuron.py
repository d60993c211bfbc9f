import torch

x1, x2, x3 = torch.tensor(0.1), torch.tensor(0.15), torch.tensor(0.2)
w1 = torch.tensor(2., requires_grad=True)
w2 = torch.tensor(4., requires_grad=True)
w3 = torch.tensor(1., requires_grad=True)
b = torch.tensor(-1., requires_grad=True)

z = w1 * x1 + w2 * x2 + w3 * x3 + b
a = 1 / (1 + torch.exp(-z))
loss = (a - 1) ** 2

loss.backward()
print(a.item(), loss.item())
print(w1.grad.item(), w2.grad.item(), w3.grad.item(), b.grad.item())
