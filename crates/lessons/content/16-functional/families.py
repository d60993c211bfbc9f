import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

torch.manual_seed(0)
start = torch.randn(3, 4, 5)
norms = {
    'batch_norm': lambda x: F.batch_norm(x, None, None, training=True),
    'instance_norm': F.instance_norm,
    'layer_norm': lambda x: F.layer_norm(x, (4, 5)),
    'group_norm, 2 groups': lambda x: F.group_norm(x, 2),
    'normalize, dim 1': lambda x: F.normalize(x, dim=1),
}
figure, axes = plt.subplots(1, 5, figsize=(8, 2.6))
for ax, (name, norm) in zip(axes.flat, norms.items()):
    x = start.clone().requires_grad_()
    norm(x)[1, 2, 2].backward()
    touched = (x.grad != 0).float()
    print(f'{name:20} looks at {int(touched.sum())} of {x.numel()} cells')
    ax.imshow(touched.reshape(12, 5), cmap='Oranges')
    ax.axhline(3.5, color='black')
    ax.axhline(7.5, color='black')
    ax.set_title(name.split(',')[0])
    ax.axis('off')
plt.show()

x = torch.tensor([[1., 2., 3., 6.]])
y = F.layer_norm(x, (4,))
print([round(v, 4) for v in y[0].tolist()], 'mean', round(y.mean().item(), 4) + 0.0)
print('constant:', F.layer_norm(torch.full((1, 4), 5.), (4,)).tolist())
print('one cell:', F.layer_norm(torch.tensor([[5.]]), (1,)).tolist())
print('zeros:   ', F.normalize(torch.zeros(1, 3)).tolist())
