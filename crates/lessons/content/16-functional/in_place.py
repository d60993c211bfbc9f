import torch
import torch.nn.functional as F

x = torch.tensor([-1., 2.])
y = F.relu_(x)
print(x.tolist(), y is x)

w = torch.tensor([-1., 2.], requires_grad=True)
try:
    F.relu_(w)
except RuntimeError as error:
    print(error)

h = w * 3
F.relu_(h)
h.sum().backward()
print(w.grad.tolist())

h = w.exp()
F.relu_(h)
try:
    h.sum().backward()
except RuntimeError as error:
    print('modified by an inplace operation' in str(error))
