# Learning rates over time.
import torch
from torch.optim.lr_scheduler import *

def run(make, n=8, metric=False):
    p = torch.nn.Parameter(torch.zeros(1))
    o = torch.optim.SGD([p], lr=0.1)
    s = make(o)
    out = []
    for e in range(n):
        o.step()
        out.append(round(o.param_groups[0]['lr'], 6))
        s.step(1.0) if metric else s.step()
    print(type(s).__name__, out, s.get_last_lr())
run(lambda o: StepLR(o, 3, 0.5))
run(lambda o: MultiStepLR(o, [2, 5]))
run(lambda o: ExponentialLR(o, 0.9))
run(lambda o: CosineAnnealingLR(o, 6, 0.01))
run(lambda o: LambdaLR(o, lambda e: 0.95 ** e))
run(lambda o: MultiplicativeLR(o, lambda e: 0.9))
run(lambda o: LinearLR(o, 0.5, total_iters=4))
run(lambda o: ConstantLR(o, 0.5, 3))
run(lambda o: PolynomialLR(o, 5, 2.0))
run(lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=3))
run(lambda o: OneCycleLR(o, 0.5, total_steps=10))
run(lambda o: CosineAnnealingWarmRestarts(o, 3, 2))
run(lambda o: ReduceLROnPlateau(o, patience=2), metric=True)
run(lambda o: SequentialLR(o, [ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], [2]))
run(lambda o: ChainedScheduler([ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)]))
