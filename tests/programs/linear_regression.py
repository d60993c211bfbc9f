import torch

x = torch.tensor([[0.0], [1.0], [2.0], [3.0]])
y = 2 * x + 1
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for step in range(101):
    loss = ((x.mm(w) + b - y) ** 2).mean()
    if step % 25 == 0:
        print(f"{step:3d} {loss.item():.4f}")
    loss.backward()
    with torch.no_grad():
        for p in (w, b):
            p -= 0.1 * p.grad
            p.grad.zero_()
print(f"w {w.item():.3f}, b {b.item():.3f}")
