import torch

def f(x):
    return x / (1 + x * x)

x = torch.tensor(2., requires_grad=True)
y = f(x)
y.backward()
print(y.item())
print(x.grad.item())
