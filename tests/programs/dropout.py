import torch
import torch.nn.functional as F

torch.manual_seed(7)
print(F.dropout(torch.ones(12), 0.5))
print(F.dropout(torch.ones(2, 5), 0.8))
print(torch.rand(2))
print(F.dropout(torch.ones(3), 1.0), torch.rand(1))
print(F.dropout2d(torch.ones(2, 3, 1, 2), 0.5))
print(F.dropout1d(torch.ones(3, 2), 0.5))
x = torch.ones(4)
print(F.dropout(x, 0.5, training=False) is x)
print(F.dropout(x, 0.5, inplace=True) is x, x)
x = torch.full((3,), 2.0, requires_grad=True)
F.dropout(x, 0.5).sum().backward()
print(x.grad)
try:
    F.dropout(x, 1.5)
except ValueError as error:
    print(error)
