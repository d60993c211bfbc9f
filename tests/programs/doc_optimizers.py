# Optimizers with two groups of parameters.
import torch
for make in [lambda p: torch.optim.SGD(p, 0.1), lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, dampening=0.1, weight_decay=0.01), lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True), lambda p: torch.optim.Adam(p, 0.1), lambda p: torch.optim.Adam(p, 0.1, amsgrad=True, weight_decay=0.1), lambda p: torch.optim.AdamW(p, 0.1), lambda p: torch.optim.RMSprop(p, 0.1), lambda p: torch.optim.RMSprop(p, 0.1, momentum=0.9, centered=True), lambda p: torch.optim.Adagrad(p, 0.1), lambda p: torch.optim.Adadelta(p), lambda p: torch.optim.Adamax(p)]:
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    b = torch.tensor(0.5, requires_grad=True)
    opt = make([{'params': [w]}, {'params': [b], 'lr': 0.01}])
    for i in range(5):
        opt.zero_grad()
        loss = ((w * torch.tensor([1.0, 3.0]) + b - 2) ** 2).sum()
        loss.backward()
        opt.step()
    print(type(opt).__name__, w.data, b.data, f'{loss.item():.3g}')
    print(opt)
    print(sorted(opt.state_dict()['state'][0].keys()) if opt.state_dict()['state'] else {}, opt.param_groups[1]['lr'])
