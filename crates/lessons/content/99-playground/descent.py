import torch

x = torch.tensor(0.1, requires_grad=True)
for step in range(40):
    y = x ** 4 - 2 * x ** 2 + 0.3 * x
    y.backward()
    with torch.no_grad():
        x -= 0.05 * x.grad
    x.grad.zero_()
print(f"x = {x.item():.4f}, y = {y.item():.4f}")
