import torch

class MyReLU(torch.autograd.Function):

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        grad_x = torch.ones_like(x)
        grad_x[x * grad_output < 0] = 0
        return grad_x

x = torch.tensor([-2., -1., 1., 3.], requires_grad=True)
y = MyReLU.apply(x)
y.sum().backward()
print(x.grad.tolist())         # should be 0, 0, 1, 1
