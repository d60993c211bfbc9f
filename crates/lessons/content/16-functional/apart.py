import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

fixed = torch.tensor([1., 0.])
angle = torch.linspace(-math.pi, math.pi, 121, requires_grad=True)
turning = torch.stack([3 * torch.cos(angle), 3 * torch.sin(angle)], dim=1)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2))
for ax, measure in zip(axes.flat, [F.cosine_similarity, F.pairwise_distance]):
    angle.grad = None
    y = measure(turning, fixed)
    y.sum().backward(retain_graph=True)
    ax.plot(angle.detach(), y.detach(), label='value')
    ax.plot(angle.detach(), angle.grad, '--', label='derivative')
    ax.set_title(measure.__name__)
    ax.set_xlabel('angle')
    ax.grid()
plt.show()

a = torch.tensor([[3., 4.]], requires_grad=True)
print('normalize', F.normalize(a).tolist(), 'by the largest', F.normalize(a, p=float('inf')).tolist())
F.normalize(a)[0, 0].backward()
print('gradient ', [round(g, 4) for g in a.grad[0].tolist()])
zero = torch.zeros(1, 2, requires_grad=True)
print('cosine with zero', F.cosine_similarity(a, zero).item())
same = F.pairwise_distance(a, a)
print('distance to itself', f'{same.item():.2e}')
same = F.pairwise_distance(zero, torch.zeros(1, 2), eps=0)
same.backward()
print('without eps', same.item(), zero.grad.tolist())
print('p = 1', round(F.pairwise_distance(a, torch.zeros(1, 2), p=1).item(), 4))
