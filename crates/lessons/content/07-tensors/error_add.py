import torch

a = torch.zeros(3, 4)
b = torch.zeros(3)
c = a + b
