import torch
from torch import nn

torch.manual_seed(0)
for layer in [
    nn.Linear(3, 4), nn.Bilinear(2, 3, 4), nn.Embedding(5, 3), nn.Embedding(5, 3, padding_idx=0), nn.Conv1d(1, 2, 3),
    nn.Conv2d(1, 2, 3), nn.Conv2d(2, 4, (3, 5), stride=2, padding=1, dilation=2, groups=2, bias=False),
    nn.Conv2d(1, 2, 3, padding='same'), nn.ConvTranspose1d(1, 2, 3),
    nn.ConvTranspose2d(1, 2, 3, stride=2, output_padding=1),
]:
    print(layer)
    for name, p in layer.named_parameters():
        print(name, tuple(p.shape), p.flatten()[:3].tolist())
