import torch
from torch import nn


class Halver(nn.Module):
    """Applies one layer again and again, until no number is above 1."""

    def __init__(self, features):
        super().__init__()
        self.layer = nn.Linear(features, features, bias=False)
        with torch.no_grad():
            self.layer.weight.copy_(torch.eye(features) / 2)

    def forward(self, x):
        self.uses = 0
        return x  # complete this method; count the uses


model = Halver(2)
print(model(torch.tensor([[5., 3.]])), model.uses)
