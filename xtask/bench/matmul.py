# Large matrix products, the second factor as it is and transposed.
import time
import torch

torch.manual_seed(0)
a, b = torch.randn(512, 512) / 512**0.5, torch.randn(512, 512) / 512**0.5


def chain(times):
    x = a
    for _ in range(times):
        x = (x @ b) @ b.T
    return x.sum().item()


chain(3)
start = time.perf_counter()
chain(10)
print("seconds", time.perf_counter() - start)
