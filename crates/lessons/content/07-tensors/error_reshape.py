import torch

a = torch.arange(12.)
b = a.reshape(5, -1)
