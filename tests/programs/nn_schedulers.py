import torch
from torch import optim
from torch.optim.lr_scheduler import (
    CosineAnnealingLR, ExponentialLR, LambdaLR, LinearLR, MultiStepLR, OneCycleLR, ReduceLROnPlateau, StepLR,
)

for make in [
    lambda o: StepLR(o, 3), lambda o: ExponentialLR(o, 0.9), lambda o: CosineAnnealingLR(o, 5),
    lambda o: MultiStepLR(o, [2, 5]), lambda o: LambdaLR(o, lambda epoch: 0.5**epoch), lambda o: LinearLR(o),
    lambda o: OneCycleLR(o, 0.1, total_steps=20),
]:
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0, momentum=0.9)
    scheduler = make(optimizer)
    rates = []
    for step in range(12):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    print(type(scheduler).__name__, [f'{rate:.6g}' for rate in rates])

optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
scheduler = ReduceLROnPlateau(optimizer, patience=1)
for loss in [3, 2, 2, 2, 2, 2, 1]:
    scheduler.step(loss)
    print(optimizer.param_groups[0]['lr'])
