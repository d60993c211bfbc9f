import time
import torch

devices = ['cpu', 'cuda'] if torch.cuda.is_available() else ['cpu']

def step(x, w):
    return x.mm(w).clamp(min=0).sum()

def seconds(device, size):
    x = torch.randn(64, size, device=device)
    w = torch.randn(size, 100, device=device)
    step(x, w).item()          # once to warm up
    turns, passed = 1, 0.0
    while passed < 0.02:       # often enough for the stopwatch
        turns = 2 * turns
        start = time.perf_counter()
        for turn in range(turns):
            loss = step(x, w)
        loss.item()            # wait until the device is done
        passed = time.perf_counter() - start
    return passed / turns

for size in [10, 100, 1000, 4000]:
    for device in devices:
        print(f'{size:5d}  {device:<4}  {seconds(device, size) * 1e6:10,.0f} µs')
