import torch

a = torch.tensor(2., requires_grad=True)
x = a
for turn in range(4):
    x = (x + a / x) / 2
    print(x.item())

x.backward()
print(a.grad.item())
