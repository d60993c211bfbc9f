import torch
a = torch.tensor(2., requires_grad=True)
e = a * a
e.backward()
print(a.grad)
e.backward()
