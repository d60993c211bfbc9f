import torch
import torch.nn.functional as F

signal = torch.tensor([[[0., 1., 3., 1., 0., 2.]]])
weight = torch.tensor([[[1., 2., -1.]]], requires_grad=True)
plain = F.conv1d(signal, weight)
padded = F.conv1d(signal, weight, padding=1)
strided = F.conv1d(signal, weight, padding=1, stride=2)
dilated = F.conv1d(signal, weight, dilation=2)
for result in [plain, padded, strided, dilated]:
    print(result.flatten().tolist())
plain.sum().backward()
print(weight.grad.flatten().tolist())
