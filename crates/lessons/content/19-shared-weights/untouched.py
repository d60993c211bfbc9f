import torch
from torch import nn

torch.manual_seed(0)
first, middle, last = nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 1)


def forward(x, uses):
    h = first(x).clamp(min=0)
    for _ in range(uses):
        h = middle(h).clamp(min=0)
    return last(h)


x = torch.ones(1, 2)
forward(x, uses=0).sum().backward()
print(middle.weight.grad)

forward(x, uses=2).sum().backward()
print(middle.weight.grad.shape)

before = middle.weight.grad.clone()
forward(x, uses=0).sum().backward()
print(torch.equal(before, middle.weight.grad))
