import torch
from torch import optim


def height(p):
    """A valley that is steep across and gentle along."""
    return 0.05 * p[0] ** 2 + p[1] ** 2


runners = {
    'SGD': lambda p: optim.SGD([p], lr=0.4),
    'momentum': lambda p: optim.SGD([p], lr=0.1, momentum=0.9),
    'Adagrad': lambda p: optim.Adagrad([p], lr=1.0),
    'RMSprop': lambda p: optim.RMSprop([p], lr=0.1),
    'Adam': lambda p: optim.Adam([p], lr=0.5),
}
for name, make in runners.items():
    p = torch.tensor([-8., 2.], requires_grad=True)
    optimizer = make(p)
    for t in range(40):
        optimizer.zero_grad()
        loss = height(p)
        loss.backward()
        optimizer.step()
    print(f'{name:9} {p[0].item():7.3f} {p[1].item():7.3f}   height {height(p).item():.4f}')
