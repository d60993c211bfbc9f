import torch


def slide(x, weight, stride=1, padding=0):
    """What F.conv1d does with one signal: x has n cells, weight has k."""
    k = len(weight)
    border = torch.zeros(padding, dtype=x.dtype)
    x = torch.cat([border, x, border])
    cells = []
    for start in range(0, len(x) - k + 1, stride):
        under = x[start:start + k]
        cells.append((under * weight).sum())
    return torch.stack(cells)


x = torch.tensor([0., 1., 3., 1., 0., 2.])
weight = torch.tensor([1., 2., -1.])
print(slide(x, weight))
print(slide(x, weight, stride=2, padding=1))
