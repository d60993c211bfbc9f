import torch

a = torch.arange(6.).reshape(2, 3)
b = a.t().view(6)
