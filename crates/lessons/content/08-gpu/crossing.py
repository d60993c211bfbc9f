import time
import matplotlib.pyplot as plt
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

for turn in range(300):       # a practice run for everybody
    step(torch.zeros(1, 1), torch.zeros(1, 1))

sizes = [10, 100, 1000, 4000]
for device in devices:
    times = []
    for size in sizes:
        times.append(seconds(device, size))
        print(f'{device:<4}  {size:5d}  {times[-1] * 1e6:10,.0f} µs')
    plt.loglog(sizes, times, label=device)
plt.xlabel('inputs')
plt.ylabel('seconds')
plt.legend()
plt.show()
