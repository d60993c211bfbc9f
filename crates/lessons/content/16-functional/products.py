import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

x = torch.tensor([[1., 2., 3.], [0., 1., 0.]])
weight = torch.tensor([[1., 0., -1.], [2., 1., 0.]], requires_grad=True)
bias = torch.tensor([10., 20.], requires_grad=True)
y = F.linear(x, weight, bias)
print(y.tolist())
y.sum().backward()
print(weight.grad.tolist(), bias.grad.tolist())

a = torch.tensor([[1., 2.]], requires_grad=True)
b = torch.tensor([[3., 4.]], requires_grad=True)
pairs = torch.tensor([[[1., 0.], [0., 1.]], [[0., 1.], [-1., 0.]]])
z = F.bilinear(a, b, pairs)
print(z.tolist())
z.sum().backward()
print(a.grad.tolist(), b.grad.tolist())

one = torch.ones(1, 1, 1)
line = torch.linspace(-2, 2, 21)
height = [[F.bilinear(u.view(1), v.view(1), one).item() for u in line] for v in line]
plt.figure(figsize=(5, 4))
plt.contour(line, line, height, levels=12, cmap='Blues')
plt.title('bilinear of two numbers: a saddle')
plt.show()
