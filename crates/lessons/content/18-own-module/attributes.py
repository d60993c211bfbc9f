import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.tensor([2., 3.]))
        self.offset = torch.tensor([1., 1.])
        self.register_buffer('count', torch.tensor(0))

    def forward(self, x):
        self.count += 1
        return self.factor * x + self.offset


model = nn.Sequential(nn.Linear(2, 2), Scale())
model(torch.ones(1, 2))
for name, param in model.named_parameters():
    print(name, tuple(param.shape))
print(list(model.state_dict()))
