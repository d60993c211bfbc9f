import torch
import torch.nn.functional as F

torch.manual_seed(4)
x = torch.ones(8, requires_grad=True)
y = F.dropout(x, p=0.5, training=True)
print('training  ', y.tolist())
y.sum().backward()
print('gradient  ', x.grad.tolist())
print('evaluation', F.dropout(x, p=0.5, training=False).tolist())
print('p = 0     ', F.dropout(x, p=0.0).tolist())
print('p = 1     ', F.dropout(x, p=1.0).tolist())
many = F.dropout(torch.ones(100000), p=0.2)
print('kept', round((many > 0).float().mean().item(), 2), 'at', many.max().item(), 'mean', round(many.mean().item(), 2))
try:
    F.dropout(x, p=1.5)
except ValueError as error:
    print(error)
