import torch

x = torch.tensor([0.1, 0.15, 0.2])
w = torch.tensor([2., 4., 1.], requires_grad=True)
b = torch.tensor(-1., requires_grad=True)

for step in range(50):
    a = torch.sigmoid(w.dot(x) + b)
    loss = (a - 1) ** 2
    loss.backward()
    if step % 10 == 0:
        print(step, a.item(), loss.item())
    with torch.no_grad():
        w -= 4 * w.grad
        b -= 4 * b.grad
        w.grad.zero_()
        b.grad.zero_()

print(w, b)
