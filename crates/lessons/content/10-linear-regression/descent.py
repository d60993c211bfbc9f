import torch

torch.manual_seed(0)
n, d = 100, 3
true_w = torch.tensor([2., -1., 0.5])
X = torch.randn(n, d)
y = X.mv(true_w) + 0.1 * torch.randn(n)

w = torch.zeros(d, requires_grad=True)
for step in range(50):
    loss = (y - X.mv(w)).pow(2).mean()
    loss.backward()
    if step % 10 == 0:
        print(f'{step:2d} {loss.item():.4f}')
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()

print(' '.join(f'{p:.2f}' for p in w.tolist()))
