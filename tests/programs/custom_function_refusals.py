# What a function of one's own may not do.
import torch
from torch.autograd import Function


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


def function(rule, run=lambda ctx, x: x * 2):
    class Made(Function):
        forward = staticmethod(run)
        backward = staticmethod(rule)

    return Made


x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)


def differentiate(made, *args):
    return torch.autograd.grad(made.apply(x, *args).sum(), x)


attempt(lambda: differentiate(function(lambda ctx, g: (g, g))))
attempt(lambda: differentiate(function(lambda ctx, g: g, lambda ctx, x, n: x * n), 2))
attempt(lambda: differentiate(function(lambda ctx, g: (g, g), lambda ctx, x, n: x * n), 2))
attempt(lambda: differentiate(function(lambda ctx, g: (g, None, None))))
attempt(lambda: differentiate(function(lambda ctx, g: 3)))
attempt(lambda: differentiate(function(lambda ctx, g: g[:2])))
attempt(lambda: differentiate(function(lambda ctx, g: torch.ones(2, 3))))
attempt(lambda: differentiate(function(lambda ctx, g: g, lambda ctx, x: ctx.save_for_backward(3) or x * 2)))
attempt(lambda: function(lambda ctx, g: g * 5, lambda ctx, x: x).apply(x).mul_(2))


class Empty(Function):
    pass


class Half(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x / 2


attempt(lambda: Empty.apply(x))
attempt(lambda: Half.apply(x).sum().backward())


class Kept(Half):
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g / 2 + 0 * x


y = Kept.apply(x).sum()
y.backward()
attempt(lambda: y.backward())
y = Kept.apply(x).sum()
with torch.no_grad():
    x.add_(1)
attempt(lambda: y.backward())
