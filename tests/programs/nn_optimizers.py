import torch
from torch import nn, optim

for make in [
    lambda p: optim.SGD(p, lr=0.1),
    lambda p: optim.SGD(p, lr=0.05, momentum=0.9),
    lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-2),
    lambda p: optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.3),
    lambda p: optim.SGD(p, lr=0.05, weight_decay=0.1),
    lambda p: optim.Adam(p, lr=0.01),
    lambda p: optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6),
    lambda p: optim.Adam(p, lr=0.01, amsgrad=True, weight_decay=0.1),
    lambda p: optim.Adam(p, lr=0.01, maximize=True),
    lambda p: optim.AdamW(p, lr=0.01),
    lambda p: optim.AdamW(p, lr=0.01, weight_decay=0.2, amsgrad=True),
    lambda p: optim.NAdam(p, lr=0.01),
    lambda p: optim.NAdam(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.1, momentum_decay=0.01),
    lambda p: optim.NAdam(p, lr=0.01, weight_decay=0.2, decoupled_weight_decay=True),
    lambda p: optim.RAdam(p, lr=0.05),
    lambda p: optim.RAdam(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.1),
    lambda p: optim.RAdam(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.2, decoupled_weight_decay=True),
    lambda p: optim.Adagrad(p, lr=0.1),
    lambda p: optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.5),
    lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.01),
    lambda p: optim.RMSprop(p, lr=0.01),
    lambda p: optim.RMSprop(p, lr=0.01, alpha=0.9, weight_decay=0.05),
    lambda p: optim.RMSprop(p, lr=0.01, momentum=0.9),
    lambda p: optim.RMSprop(p, lr=0.01, momentum=0.9, centered=True),
    lambda p: optim.Adamax(p),
    lambda p: optim.Adamax(p, lr=0.05, weight_decay=0.1),
    lambda p: optim.Adadelta(p),
    lambda p: optim.Adadelta(p, rho=0.8, weight_decay=0.1),
]:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1))
    optimizer = make(net.parameters())
    x = torch.randn(10, 3)
    y = x.sum(1, keepdim=True).sin()
    losses = []
    for step in range(50):
        optimizer.zero_grad()
        loss = nn.MSELoss()(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(optimizer)
    print(' '.join(f'{v:.4f}' for v in losses[::7]))


# By steps whose length a line search finds.
for options in [
    dict(max_iter=5),
    dict(lr=0.5, max_iter=3, history_size=2),
    dict(max_iter=4, line_search_fn='strong_wolfe'),
    dict(lr=2, max_iter=7, max_eval=9, history_size=3, line_search_fn='strong_wolfe'),
]:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1))
    optimizer = optim.LBFGS(net.parameters(), **options)
    x = torch.randn(10, 3)
    y = x.sum(1, keepdim=True).sin()
    calls = 0

    def closure():
        global calls
        calls += 1
        optimizer.zero_grad()
        loss = nn.MSELoss()(net(x), y)
        loss.backward()
        return loss

    losses = [optimizer.step(closure).item() for _ in range(4)]
    print(optimizer)
    print(' '.join(f'{v:.3f}' for v in losses), calls, optimizer.state[next(net.parameters())]['n_iter'])

# The banana of Rosenbrock.
p = torch.tensor([-1.5, 2.0], requires_grad=True)
optimizer = optim.LBFGS([p], history_size=10, max_iter=4, line_search_fn='strong_wolfe')

def banana():
    optimizer.zero_grad()
    loss = (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2
    loss.backward()
    return loss

for _ in range(14):
    optimizer.step(banana)
print([round(v, 2) for v in p.tolist()])
