import torch

x = torch.ones(3, requires_grad=True)
y = x.exp()
z = (y * y).sum()
y.add_(1)
z.backward()
