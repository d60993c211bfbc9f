# Optimizers and schedules: how the reference makes them, what they print, what they keep, where they go.
import torch
from torch import optim
from torch.optim.lr_scheduler import *
makers = [lambda p: optim.SGD(p, lr=0.1, momentum=0.9), lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01), lambda p: optim.SGD(p, lr=0.1, momentum=0.5, dampening=0.1, maximize=True), lambda p: optim.Adam(p, lr=0.1), lambda p: optim.Adam(p, lr=0.1, amsgrad=True, betas=(0.8, 0.9)), lambda p: optim.AdamW(p, lr=0.1, weight_decay=0.1), lambda p: optim.Adamax(p, lr=0.1), lambda p: optim.NAdam(p, lr=0.1), lambda p: optim.RAdam(p, lr=0.1), lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.1), lambda p: optim.Adadelta(p, lr=1.0, rho=0.8), lambda p: optim.RMSprop(p, lr=0.1, centered=True, momentum=0.5), lambda p: optim.Rprop(p, lr=0.1), lambda p: optim.Rprop(p, lr=0.1, etas=(0.4, 1.5), step_sizes=(1e-3, 0.5)), lambda p: optim.ASGD(p, lr=0.1), lambda p: optim.ASGD(p, lr=0.1, lambd=0.01, alpha=0.5, t0=2, weight_decay=0.1)]
for make in makers:
    w = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5]))
    opt = make([w])
    for _ in range(5):
        opt.zero_grad()
        (w ** 2 * torch.tensor([1., 0.5, 3.])).sum().backward()
        opt.step()
    print(opt)
    print(w.data, sorted(opt.state[w]))
def closure():
    lbfgs.zero_grad()
    loss = ((w - torch.tensor([1., 2.])) ** 2).sum()
    loss.backward()
    return loss
w = torch.nn.Parameter(torch.zeros(2))
lbfgs = optim.LBFGS([w], lr=0.5, max_iter=4)
print(lbfgs.step(closure), w.data)
a, b = torch.nn.Parameter(torch.ones(1)), torch.nn.Parameter(torch.ones(1))
groups = optim.SGD([{'params': [a], 'lr': 0.5}, {'params': b}], lr=0.1, momentum=0.9)
groups.add_param_group({'params': torch.nn.Parameter(torch.zeros(1)), 'lr': 3})
print(groups, [len(g['params']) for g in groups.param_groups], groups.state_dict()['param_groups'][0], groups.defaults)
schedules = [lambda o: StepLR(o, step_size=3, gamma=0.1), lambda o: MultiStepLR(o, milestones=[2, 5], gamma=0.5), lambda o: ConstantLR(o, factor=0.5, total_iters=3), lambda o: LinearLR(o, start_factor=0.25, total_iters=4), lambda o: ExponentialLR(o, gamma=0.9), lambda o: LambdaLR(o, lr_lambda=lambda e: 0.95 ** e), lambda o: MultiplicativeLR(o, lr_lambda=lambda e: 0.8), lambda o: CosineAnnealingLR(o, T_max=4, eta_min=0.01), lambda o: CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2), lambda o: PolynomialLR(o, total_iters=4, power=2.0), lambda o: CyclicLR(o, base_lr=0.01, max_lr=0.1, step_size_up=3, mode='triangular2'), lambda o: OneCycleLR(o, max_lr=0.1, total_steps=8), lambda o: SequentialLR(o, [ConstantLR(o, factor=0.1, total_iters=2), ExponentialLR(o, gamma=0.9)], milestones=[3]), lambda o: ChainedScheduler([ConstantLR(o, factor=0.1, total_iters=2), ExponentialLR(o, gamma=0.9)])]
for make in schedules:
    opt = optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
    schedule = make(opt)
    rates = []
    for _ in range(7):
        rates.append(round(opt.param_groups[0]['lr'], 6))
        opt.step()
        schedule.step()
    print(type(schedule).__name__, rates, [round(r, 6) for r in schedule.get_last_lr()])
opt = optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
plateau = ReduceLROnPlateau(opt, 'min', factor=0.5, patience=1)
for loss in (3., 2., 2., 2., 2., 2., 1.):
    plateau.step(loss)
    print(opt.param_groups[0]['lr'], plateau.get_last_lr())
for wrong in (lambda: optim.SGD([w], lr=-1), lambda: optim.SGD([w], momentum=-0.1), lambda: optim.SGD([w], nesterov=True), lambda: optim.Adam([w], betas=(1.0, 0.9)), lambda: optim.Adam([w], eps=-1), lambda: optim.Adagrad([w], lr_decay=-1), lambda: optim.RMSprop([w], alpha=-1), lambda: optim.Rprop([w], etas=(1.5, 2)), lambda: optim.ASGD([w], weight_decay=-1), lambda: optim.SGD([]), lambda: optim.SGD([1, 2]), lambda: optim.Adadelta([w], rho=2), lambda: optim.SGD([w, w.detach() * 1 + w])):
    try:
        print(wrong())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
