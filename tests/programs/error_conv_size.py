import torch
import torch.nn.functional as F
x = torch.zeros(1, 1, 3, 3)
print(F.max_pool2d(x, 3).shape)
F.conv2d(x, torch.zeros(1, 1, 5, 5), padding="valid", dilation=2)
