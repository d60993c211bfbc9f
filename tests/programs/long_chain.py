# A chain of a hundred thousand operations, forwards, backwards, and let go.
import torch

x = torch.tensor(1.0, requires_grad=True)
y = x
for i in range(100_000):
    y = y + 0.5
y.backward()
print(x.grad, y.item())


class Keep(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        ctx.x = x
        return x * 1

    @staticmethod
    def backward(ctx, g):
        return g


y = x
for i in range(3000):
    y = Keep.apply(y)
y.backward()
del y
print(x.grad)
