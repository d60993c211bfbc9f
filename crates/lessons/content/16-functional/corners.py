import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

gates = {
    F.relu: [0.],
    F.relu6: [0., 6.],
    F.leaky_relu: [0.],
    F.hardtanh: [-1., 1.],
    F.hardsigmoid: [-3., 3.],
    F.hardswish: [-3., 3.],
}


def draw(ax, function, title):
    x = torch.linspace(-7, 7, 281, requires_grad=True)
    y = function(x)
    y.sum().backward()
    ax.plot(x.detach(), y.detach())
    ax.plot(x.detach(), x.grad, '--')
    ax.set_title(title)
    ax.grid()


figure, axes = plt.subplots(2, 3, figsize=(8, 5))
for ax, (function, corners) in zip(axes.flat, gates.items()):
    draw(ax, function, function.__name__)
    x = torch.tensor(corners, requires_grad=True)
    function(x).sum().backward()
    print(f'{function.__name__:12} at {corners}: slope {[round(g, 4) for g in x.grad.tolist()]}')
plt.show()
