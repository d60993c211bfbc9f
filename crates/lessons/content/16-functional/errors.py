import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

target = torch.tensor(0.)
losses = {
    'mse_loss': F.mse_loss,
    'l1_loss': F.l1_loss,
    'smooth_l1_loss, beta 2': lambda x, y, **more: F.smooth_l1_loss(x, y, beta=2.0, **more),
    'huber_loss, delta 2': lambda x, y, **more: F.huber_loss(x, y, delta=2.0, **more),
}
figure, axes = plt.subplots(1, 4, figsize=(9, 2.8))
for ax, (name, loss) in zip(axes.flat, losses.items()):
    x = torch.linspace(-4, 4, 161, requires_grad=True)
    y = loss(x, target.expand(161), reduction='none')
    y.sum().backward()
    ax.plot(x.detach(), y.detach())
    ax.plot(x.detach(), x.grad, '--')
    ax.set_title(name)
    ax.set_ylim(-4.5, 8)
    ax.grid()
    x = torch.tensor([0., 2., 10.], requires_grad=True)
    loss(x, torch.zeros(3), reduction='sum').backward()
    print(f'{name:22} slopes at 0, 2, 10: {x.grad.tolist()}')
plt.show()

x = torch.tensor([1., 2., 6.], requires_grad=True)
for reduction in ['none', 'sum', 'mean']:
    y = F.mse_loss(x, torch.zeros(3), reduction=reduction)
    print(f'{reduction:5}', y.tolist())
print('beta 0:', F.smooth_l1_loss(x, torch.zeros(3), beta=0).item(), '= l1:', F.l1_loss(x, torch.zeros(3)).item())
print('nothing:', F.mse_loss(torch.zeros(0), torch.zeros(0)).item())
