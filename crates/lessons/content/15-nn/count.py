import torch
from torch import nn

model = nn.Sequential(nn.Linear(1000, 100), nn.ReLU(), nn.Linear(100, 10))

total = 0
for name, param in model.named_parameters():
    print(name, tuple(param.shape), param.numel())
    total += param.numel()
print('all', total)
