import torch

print(torch.tensor(2.0), torch.tensor(2), torch.tensor(True), torch.tensor(-0.5))
print(torch.tensor(3.14159265), torch.tensor(1e-8), torch.tensor(123456.789), torch.tensor(1e10))
print(torch.tensor(float("nan")), torch.tensor(float("inf")), torch.tensor(-float("inf")))
x = torch.tensor(1.5)
print(x.item(), x.shape, x.dtype, x.dim(), x.numel(), float(x), int(x))
print(x + 1, 1 - x, x * 2, 3 / x, x ** 2, -x, x // 1, x % 1)
print(torch.tensor(0.1).item(), torch.tensor(1 / 3).item(), torch.tensor(16777217.0).item())
print(f"{x} {x:.3f} {x.item():6.2f}|", x > 1, x == 1.5, bool(x < 0))
