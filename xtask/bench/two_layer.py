# The two-layer network of lesson 13's size: 64 samples, 1000 inputs, 100 hidden, 10 outputs.
import time
import torch

torch.manual_seed(0)
x, y = torch.randn(64, 1000), torch.randn(64, 10)
w1 = torch.randn(1000, 100, requires_grad=True)
w2 = torch.randn(100, 10, requires_grad=True)


def train(steps):
    for _ in range(steps):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        loss.backward()
        with torch.no_grad():
            w1.sub_(1e-6 * w1.grad)
            w2.sub_(1e-6 * w2.grad)
            w1.grad.zero_()
            w2.grad.zero_()
    return loss.item()


train(5)
start = time.perf_counter()
train(200)
print("seconds", time.perf_counter() - start)
