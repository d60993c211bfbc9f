# Functions of every element, called as the reference shows them: as functions, as methods, in place, into `out`.
import torch
a = torch.tensor([-1.5, -0.25, 0., 0.75, 2.])
u = torch.tensor([0.1, 0.4, 0.9])
n = torch.tensor([-7, -2, 0, 3, 8])
for f in (torch.abs, torch.absolute, torch.neg, torch.negative, torch.sign, torch.sgn, torch.square, torch.positive):
    print(f.__name__, f(a), f(n))
for f in (torch.exp, torch.exp2, torch.expm1, torch.sigmoid, torch.tanh, torch.sin, torch.cos, torch.tan, torch.sinh, torch.cosh, torch.atan, torch.arctan, torch.asinh, torch.arcsinh, torch.erf, torch.erfc, torch.relu):
    print(f.__name__, f(a))
for f in (torch.sqrt, torch.rsqrt, torch.reciprocal, torch.log, torch.log2, torch.log10, torch.log1p, torch.asin, torch.arcsin, torch.acos, torch.arccos, torch.atanh, torch.arctanh, torch.erfinv, torch.logit):
    print(f.__name__, f(u))
print(torch.acosh(u + 1), torch.arccosh(u + 1.5), torch.logit(u, eps=0.2))
for f in (torch.ceil, torch.floor, torch.round, torch.trunc, torch.fix, torch.frac):
    print(f.__name__, f(a * 1.5))
print(torch.round(torch.tensor([0.1234567]), decimals=3), torch.round(torch.tensor([1200.1234567]), decimals=-3))
print(torch.floor(n), torch.ceil(n), torch.round(n))
print(torch.deg2rad(torch.tensor([[180., -90.], [45., 0.]])), torch.rad2deg(torch.tensor([3.142, -1.570])))
print(torch.sqrt(n.abs()), torch.sin(n), torch.exp(torch.tensor([0, 1])))
print(torch.nan_to_num(torch.tensor([float('nan'), float('inf'), -float('inf'), 3.14])))
print(torch.nan_to_num(torch.tensor([float('nan'), float('inf')]), nan=2.0, posinf=1.0))
b = a.clone()
print(b.abs_(), b.add_(1), b.sqrt_(), b.neg_(), b.mul_(2).exp_(), b.zero_(), b.fill_(3.5), b.sub_(a), b.div_(2), b.clamp_(-1, 1))
out = torch.empty(5)
print(torch.exp(a, out=out), out is torch.exp(a, out=out))
