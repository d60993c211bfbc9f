import torch

class MyReLU(torch.autograd.Function):

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return input.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input[input < 0] = 0
        return grad_input

x = torch.tensor([-2., -1., 1., 3.], requires_grad=True)
y = MyReLU.apply(x)
print(y.grad_fn.saved_tensors[0].tolist())
z = (y * torch.tensor([1., 2., 3., 4.])).sum()
z.backward()
print(y.tolist())
print(x.grad.tolist())
