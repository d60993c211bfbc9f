import time
import matplotlib.pyplot as plt
import numpy as np
import torch

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

def loop(x):
    d = np.zeros_like(x)
    for i in range(len(x)):
        if x[i, 0] > 0:
            d[i, 0] = 1
    return d

def mask(x):
    d = np.zeros_like(x)
    d[x > 0] = 1
    return d

def tensor(t):
    d = (t > 0).float()
    d[0, 0].item()             # wait until the device is done
    return d

def seconds(way, x):
    way(x)                     # once to warm up
    turns, passed = 1, 0.0
    while passed < 0.02:       # often enough for the stopwatch
        turns = 2 * turns
        start = time.perf_counter()
        for turn in range(turns):
            way(x)
        passed = time.perf_counter() - start
    return passed / turns

def road(N):
    x = np.random.randn(N, 1)
    t = torch.tensor(x, dtype=torch.float32, device=device)
    times = {}
    if N <= 10000:             # a longer loop would take too long
        times['loop'] = seconds(loop, x)
    times['mask'] = seconds(mask, x)
    times[device.type] = seconds(tensor, t)
    for name, s in times.items():
        print(f'N = {N:9,}  {name:<5} {s * 1e6:12,.0f} µs')
    return times

for turn in range(300):       # a practice run for everybody
    mask(np.zeros((1, 1)))

sizes = [1, 100, 10000, 1000000]
races = [road(N) for N in sizes]

# A road for each race, with a lane for each way, when the fastest has arrived.
figure, roads = plt.subplots(len(sizes), figsize=(6, 6), layout='constrained')
for ax, N, times in zip(roads, sizes, races):
    names = list(times)
    ax.barh(names, [1] * len(names), color='lightgray')
    ax.barh(names, [min(times.values()) / s for s in times.values()])
    ax.set_title(f'N = {N:,}')
plt.show()

for name in races[0]:
    times = [race[name] for race in races if name in race]
    plt.loglog(sizes[:len(times)], times, label=name)
plt.xlabel('N')
plt.ylabel('seconds')
plt.legend()
plt.show()
