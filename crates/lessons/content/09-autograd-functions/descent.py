import matplotlib.pyplot as plt
import torch

def f(x):
    return (x - 2) ** 2

x = torch.tensor([5.], requires_grad=True)
step_size = 0.25

places, heights = [], []
for t in range(15):
    loss = f(x)
    loss.backward()
    print(t, x.item(), loss.item())
    places.append(x.item())
    heights.append(loss.item())
    with torch.no_grad():
        x -= step_size * x.grad
    x.grad.zero_()

print(x.item())

curve = torch.linspace(-1, 5, 61)
plt.plot(curve.tolist(), f(curve).tolist(), label='f')
plt.plot(places, heights, 'o-', label='descent')
plt.xlabel('x')
plt.legend()
plt.show()
