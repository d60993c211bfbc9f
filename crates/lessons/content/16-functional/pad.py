import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

line = torch.tensor([[[1., 2., 3., 4.]]])
figure, axes = plt.subplots(4, 1, figsize=(6.4, 4.2))
for ax, mode in zip(axes.flat, ['constant', 'reflect', 'replicate', 'circular']):
    padded = F.pad(line, (2, 3), mode=mode)
    print(f'{mode:9}', padded.flatten().tolist())
    ax.imshow(padded[0], cmap='Blues', vmin=0)
    ax.axvline(1.5, color='black')
    ax.axvline(5.5, color='black')
    ax.set_title(mode)
    ax.axis('off')
plt.show()

print('value 9 ', F.pad(line, (1, 1), value=9.).flatten().tolist())
print('negative', F.pad(line, (-1, -1)).flatten().tolist())
print('shapes  ', tuple(F.pad(torch.zeros(2, 5), (1, 0)).shape), tuple(F.pad(torch.zeros(2, 5), (0, 0, 3, 0)).shape))
try:
    F.pad(line, (4, 0), mode='reflect')
except RuntimeError as error:
    print(error)
