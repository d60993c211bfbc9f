import torch
from torch import nn

layer = nn.Linear(1, 1, bias=False)
with torch.no_grad():
    layer.weight.fill_(2.)

x = torch.tensor([[1.]])
h = x
for use in range(3):
    h = layer(h)
h.backward()

print(h.item(), layer.weight.grad.item())
