import torch
import torch.nn.functional as F
image = torch.zeros(8, 28, 28, 3)
weight = torch.zeros(16, 3, 5, 5)
print(image.shape)
F.conv2d(image, weight)
