import torch

a = torch.tensor(2., requires_grad=True)
b = torch.tensor(3., requires_grad=True)

# One addition, written in four ways.
c = a + b
d = a.__add__(b)
e = torch.add(a, b)
f = a.add(b)
print(c.item(), d.item(), e.item(), f.item())

# What the result remembers.
print(c.grad_fn.name())
g = c * b
print(g.grad_fn.name())
for function, place in g.grad_fn.next_functions:
    print('  made from', function.name())
print(a.grad_fn)
