import torch


class Broken(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g / ctx.factor


def train(x):
    Broken.apply(x).sum().backward()


train(torch.ones(2, requires_grad=True))
