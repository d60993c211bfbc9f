import torch


class Momentum:
    """Keeps v for each parameter: v = beta v + gradient, then p = p - lr v."""

    def __init__(self, params, lr, beta=0.9):
        self.params = list(params)
        self.lr = lr
        self.beta = beta
        self.v = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.params, self.v):
                v.mul_(self.beta).add_(p.grad)
                p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


w = torch.tensor([1., -2.], requires_grad=True)
optimizer = Momentum([w], lr=0.1)
(w ** 2).sum().backward()
optimizer.step()
print(w)
