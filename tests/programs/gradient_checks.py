# Gradients against differences, and whole matrices of derivatives.
import torch
from torch.autograd import Function, gradcheck, gradgradcheck
from torch.autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


x = torch.tensor([[0.5, -1.5], [2.0, 0.25]], dtype=torch.float64, requires_grad=True)
w = torch.tensor([1.0, -2.0], dtype=torch.float64, requires_grad=True)


def f(a, b):
    return (a @ b).exp()


class Wrong(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * 2 * (x > 0)


class Right(Wrong):
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * (x > 0)


print(gradcheck(Right.apply, x), gradgradcheck(Right.apply, x))
print(gradcheck(f, (x, w)), gradgradcheck(f, (x, w)), gradcheck(torch.sigmoid, x))
print(gradcheck(lambda a: (a * 2, a.sum()), (x,)))
attempt(lambda: gradcheck(Wrong.apply, (x,)))
print(gradcheck(Wrong.apply, (x,), raise_exception=False))
attempt(lambda: gradcheck(torch.sin, (x.detach(),)))
attempt(lambda: gradcheck(lambda a: a.detach(), (x,)))

print(jacobian(f, (x, w))[1])
print(jacobian(lambda a: a.sin().sum(), w))
print(hessian(lambda a: (a**3).sum() + a[0] * a[1], w))
blocks = hessian(lambda a, b: (a @ b).pow(2).sum(), (x, w))
print(blocks[0][1], blocks[1][1])
v = torch.tensor([1.0, 2.0], dtype=torch.float64)
print(vjp(lambda a: a.sin(), w, v))
print(jvp(lambda a: a.sin(), w, v))
print(vhp(lambda a: (a**3).sum(), w, v), hvp(lambda a: (a**3).sum(), w, v))
attempt(lambda: vjp(lambda a: a * 1, w))
attempt(lambda: hessian(lambda a: a * 2, w))
attempt(lambda: jacobian(lambda a: 3, w))
attempt(lambda: jacobian(lambda a: torch.ones(2), w, strict=True))

slope = torch.func.grad(lambda a: (a**3).sum())
print(slope(w.detach()), torch.func.hessian(lambda a: (a**3).sum())(w.detach()).sum())
