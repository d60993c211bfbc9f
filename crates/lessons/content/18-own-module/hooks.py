import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))


def watch(module, args, output):
    zeros = (output == 0).sum().item()
    print(type(module).__name__, tuple(output.shape), zeros, 'zeros')


handles = [module.register_forward_hook(watch) for module in model]
model(torch.randn(5, 4))
for handle in handles:
    handle.remove()
model(torch.randn(5, 4))
