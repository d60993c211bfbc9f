import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

x = torch.tensor([[[[1., 3., 2., 2., 0.],
                    [4., 4., 1., 0., 5.],
                    [0., 2., 9., 1., 1.],
                    [1., 0., 1., 1., 1.],
                    [7., 1., 0., 3., 2.]]]], requires_grad=True)
largest = F.max_pool2d(x, 2)
mean = F.avg_pool2d(x, 2)
ceil = F.max_pool2d(x, 2, ceil_mode=True)
padded = F.max_pool2d(x, 3, stride=2, padding=1)
print(largest.tolist())
print(mean.tolist())
print(ceil.tolist())
print(padded.tolist())
largest.sum().backward()
print(x.grad[0, 0].tolist())

corner = torch.ones(1, 1, 3, 3)
print(F.avg_pool2d(corner, 3, stride=2, padding=1).flatten().tolist())
print(F.avg_pool2d(corner, 3, stride=2, padding=1, count_include_pad=False).flatten().tolist())
print(F.avg_pool2d(corner, 2, ceil_mode=True).flatten().tolist())

wave = torch.sin(torch.arange(48.) * 0.4).reshape(1, 1, 48)
figure = plt.figure(figsize=(7, 3))
plt.plot(wave.flatten(), '.-', label='signal', color='gray')
places = torch.arange(12) * 4 + 1.5
plt.plot(places, F.max_pool1d(wave, 4).flatten(), 's-', label='max_pool1d')
plt.plot(places, F.avg_pool1d(wave, 4).flatten(), 'o-', label='avg_pool1d', color='C0', alpha=0.6)
plt.legend()
plt.show()
