# Functions of several inputs and outputs: what backward receives, what it may return.
import torch
from torch.autograd import Function


class Polar(Function):
    @staticmethod
    def forward(x, y):
        return (x * x + y * y).sqrt(), torch.sign(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, y = inputs
        length, side = output
        ctx.save_for_backward(x, y, length)
        ctx.mark_non_differentiable(side)

    @staticmethod
    def backward(ctx, g, unused):
        x, y, length = ctx.saved_tensors
        print("backward", g, unused, ctx.needs_input_grad)
        return g * x / length, None


x = torch.tensor([3.0, -6.0], requires_grad=True)
y = torch.tensor([4.0, 8.0])
length, side = Polar.apply(x, y)
print(length, side, side.requires_grad, length.output_nr)
length.sum().backward()
print(x.grad)


class Scale(Function):
    @staticmethod
    def forward(ctx, x, factor, note=None):
        ctx.factor = factor
        ctx.note = note
        return x * factor, x + factor

    @staticmethod
    def backward(ctx, g, h):
        print(ctx.note, g, h)
        return g * ctx.factor + h, None, None


a, b = Scale.apply(x, 3, "only the first")
print(a.grad_fn is b.grad_fn, a.output_nr, b.output_nr, a.grad_fn.factor)
print(torch.autograd.grad(a.sum(), x))
a, b = Scale.apply(x, 3, "both")
print(torch.autograd.grad([a.sum(), b.sum()], x))


class Sparse(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x * 2, x * 3

    @staticmethod
    def backward(ctx, g, h):
        print(g, h)
        return None


a, b = Sparse.apply(x * 1)
x.grad = None
b.sum().backward()
print(x.grad)


class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        y = x**3
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return 3 * g * y / x


(first,) = torch.autograd.grad(Cube.apply(x).sum(), x, create_graph=True)
print(first)
(second,) = torch.autograd.grad(first.sum(), x, create_graph=True)
print(second)
print(torch.autograd.grad(second.sum(), x))

with torch.no_grad():
    print(Cube.apply(x).requires_grad)
print(Cube.apply(y).requires_grad)
