import torch

def f(x):
    return (x - 2) ** 2

x = torch.tensor([5.], requires_grad=True)
step_size = 0.25

for t in range(15):
    loss = f(x)
    loss.backward()
    print(t, x.item(), loss.item())
    with torch.no_grad():
        x -= step_size * x.grad
    x.grad.zero_()

print(x.item())
