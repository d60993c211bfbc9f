import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

scores = torch.tensor([2., 1., 0., -1.])
figure, axes = plt.subplots(2, 3, figsize=(8, 5))
for ax, heat in zip(axes.flat, [1.0, 0.25, 4.0]):
    shares = F.softmax(scores / heat, dim=0)
    ax.bar([0, 1, 2, 3], shares)
    ax.set_title(f'softmax(x / {heat:g})')
    print(f'{heat:4}', [round(p, 4) for p in shares.tolist()])
axes[1, 0].bar([0, 1, 2, 3], F.softmin(scores, dim=0))
axes[1, 0].set_title('softmin(x)')
axes[1, 1].bar([0, 1, 2, 3], F.log_softmax(scores, dim=0))
axes[1, 1].set_title('log_softmax(x)')
slopes = torch.autograd.functional.jacobian(lambda x: F.softmax(x, dim=0), scores)
axes[1, 2].imshow(slopes, cmap='PuOr_r', vmin=-0.25, vmax=0.25)
axes[1, 2].set_title('derivatives of softmax(x)')
plt.show()

print('rows of the derivatives add up to', [round(s, 6) + 0.0 for s in slopes.sum(dim=1).tolist()])
print('large: ', F.softmax(torch.tensor([1000., 1001.]), dim=0))
print('masked:', F.softmax(torch.tensor([1., float('-inf'), 1.]), dim=0))
print('all masked:', F.softmax(torch.tensor([float('-inf')] * 2), dim=0))
print('one:   ', F.softmax(torch.tensor([7.]), dim=0))
two = torch.tensor([[0., 0.], [3., 0.]])
print('dim 0: ', F.softmax(two, dim=0)[0].tolist())
print('dim 1: ', F.softmax(two, dim=1)[0].tolist())
