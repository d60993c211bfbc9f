import torch

def f(x):
    return (x - 2) ** 2

x = torch.tensor([1.], requires_grad=True)
y = f(x)
y.backward()
print(x.grad)

def g(w):
    return 2 * w[0] * w[1] + w[1] * torch.cos(w[0])

w = torch.tensor([torch.pi, 1], requires_grad=True)
z = g(w)
z.backward()
print(w.grad)
