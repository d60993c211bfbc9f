import torch
from torch import nn


class Residual(nn.Module):
    """Adds to its input what its two layers make of it: x + b(relu(a(x)))."""

    def __init__(self, features, hidden):
        super().__init__()
        # make two linear layers, a and b

    def forward(self, x):
        return x  # complete this line


model = Residual(4, 8)
print(model(torch.ones(2, 4)).shape, len(list(model.parameters())))
