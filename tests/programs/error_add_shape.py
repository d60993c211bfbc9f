import torch
a = torch.zeros(3)
b = torch.zeros(2)
print(a + a)
print(a + b)
