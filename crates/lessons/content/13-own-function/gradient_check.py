import torch

class Right(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return grad_output * (x > 0)

class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return grad_output.clamp(min=0)      # the gate looks at the wrong number

x = torch.tensor([-2., -1., 1., 3.], dtype=torch.float64, device='cpu', requires_grad=True)
for function in (Right, Wrong):
    try:
        torch.autograd.gradcheck(function.apply, (x,))
        print(function.__name__, 'passes')
    except RuntimeError as error:
        print(function.__name__, 'fails:', str(error).split('\n')[0])
