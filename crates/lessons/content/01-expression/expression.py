import torch
a = torch.tensor(2., requires_grad=True)
b = torch.tensor(1., requires_grad=True)
c = a + b
d = b + 1
e = c * d
e.backward()
print(a.grad, b.grad)
