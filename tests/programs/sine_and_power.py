import torch
a = torch.tensor(2., requires_grad=True)
b = torch.tensor(1., requires_grad=True)
e = (a * b).sin() + a ** 2
e.backward()
print(e, a.grad, b.grad)
