# The largest of as many windows as asked for, with their places; of equal elements the first receives the gradient.
import torch
from torch import nn
import torch.nn.functional as F

x = torch.tensor([[[1.0, 5.0, 5.0, 2.0, 7.0, 7.0, 0.0]]], requires_grad=True)
for n in [1, 2, 3, 7]:
    values, places = F.adaptive_max_pool1d(x, n, return_indices=True)
    x.grad = None
    values.sum().backward()
    print(values.tolist(), places.tolist(), x.grad.tolist())
torch.manual_seed(0)
y = torch.randint(0, 3, (2, 2, 5, 7)).float().requires_grad_()
for size in [2, (3, 4), (None, 2), (5, 7)]:
    values, places = F.adaptive_max_pool2d(y, size, return_indices=True)
    y.grad = None
    (values * torch.arange(1.0, values.numel() + 1).view_as(values)).sum().backward()
    print(values.shape, places[0].tolist(), y.grad[1, 1])
z = torch.randint(0, 4, (1, 3, 4, 5)).float().requires_grad_()
values, places = F.adaptive_max_pool3d(z, (2, 3, 2), return_indices=True)
values.sum().backward()
print(values.detach(), places, z.grad.nonzero().tolist())
print(nn.AdaptiveMaxPool1d(2, return_indices=True)(x)[1], nn.AdaptiveMaxPool2d((1, 2))(y)[0].tolist(), nn.AdaptiveMaxPool3d(1)(z).item())
print(nn.AdaptiveMaxPool2d((None, 3)), F.adaptive_max_pool1d(torch.ones(2, 3), 2))
for shape in [(2, 3), (2, 3, 0)]:
    try:
        F.adaptive_max_pool2d(torch.ones(shape), 2)
    except RuntimeError as error:
        print(error)
