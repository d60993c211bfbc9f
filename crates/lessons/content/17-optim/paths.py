import matplotlib.pyplot as plt
import torch
from torch import optim


def height(p):
    return 0.05 * p[0] ** 2 + p[1] ** 2


runners = {
    'SGD': lambda p: optim.SGD([p], lr=0.4),
    'momentum': lambda p: optim.SGD([p], lr=0.1, momentum=0.9),
    'RMSprop': lambda p: optim.RMSprop([p], lr=0.1),
    'Adam': lambda p: optim.Adam([p], lr=0.5),
}
xs = [-10 + 0.5 * i for i in range(31)]
ys = [-3 + 0.25 * i for i in range(25)]
plt.contour(xs, ys, [[0.05 * a * a + b * b for a in xs] for b in ys], levels=10, cmap='gray')
for name, make in runners.items():
    p = torch.tensor([-8., 2.], requires_grad=True)
    optimizer = make(p)
    path = [p.tolist()]
    for t in range(40):
        optimizer.zero_grad()
        height(p).backward()
        optimizer.step()
        path.append(p.tolist())
    plt.plot([a for a, b in path], [b for a, b in path], '.-', label=name)
plt.legend()
plt.title('40 steps from (-8, 2)')
plt.show()
