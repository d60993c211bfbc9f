# A small convolutional network on 32 images of 28 by 28, forward and backward.
import time
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
net = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(32 * 7 * 7, 10),
)
x, y = torch.randn(32, 1, 28, 28), torch.randint(0, 10, (32,))


def train(steps):
    for _ in range(steps):
        net.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
    return loss.item()


train(1)
start = time.perf_counter()
train(5)
print("seconds", time.perf_counter() - start)
