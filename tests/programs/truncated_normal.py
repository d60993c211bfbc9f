# The inverse of the error function, and what begins with it.
import torch
from torch import nn

x = torch.tensor([-1.0, -0.9, 0.0, 0.25, 0.5, 0.99, 1.0, 1.5], requires_grad=True)
y = torch.erfinv(x)
print(y, torch.erf(y)[1:-2])
y[1:-2].sum().backward()
print(x.grad[1:-2])
z = torch.tensor([0.1, -0.3])
print(z.erfinv_(), torch.erfinv(torch.tensor([0, 1])))
(g,) = torch.autograd.grad(torch.erfinv(x)[1:-2].sum(), x, create_graph=True)
print(torch.autograd.grad(g[1:4].sum(), x)[0][1:4])
torch.manual_seed(0)
print(nn.init.trunc_normal_(torch.empty(2, 5)))
print(nn.init.trunc_normal_(torch.empty(7), mean=1.0, std=3.0, a=0.0, b=2.0))
w = nn.init.trunc_normal_(torch.empty(4, 6), std=0.02)
print(w.mean(), w.std(), w.abs().max() < 0.09)
print(nn.init.trunc_normal_(torch.empty(9), mean=0.0, std=1.0, a=2.5, b=9.0))
print(nn.init.trunc_normal_(torch.empty(3), mean=0.0, std=5.0, a=-0.5, b=0.25))
