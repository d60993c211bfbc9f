import torch

x = torch.randn(64, 1000)
w = torch.randn(100, 1000)
h = x.mm(w)
