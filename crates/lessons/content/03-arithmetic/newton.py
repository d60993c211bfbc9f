import torch

def better(x, a):
    return (x + a / x) / 2

a = torch.tensor(2., requires_grad=True)
x1 = better(a, a)
x2 = better(x1, a)
x3 = better(x2, a)
x4 = better(x3, a)
print(x1.item(), x2.item(), x3.item(), x4.item())

x4.backward()
print(a.grad.item())
