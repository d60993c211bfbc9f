import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

one, yes = torch.ones(161), torch.zeros(161, dtype=torch.long)


def two_classes(x):
    return torch.stack([x, torch.zeros(161)], dim=1)


panels = {
    'binary_cross_entropy': (0.02, 1, lambda p: F.binary_cross_entropy(p, one, reduction='none')),
    '… with_logits': (-5, 5, lambda x: F.binary_cross_entropy_with_logits(x, one, reduction='none')),
    'nll_loss': (-5, 0, lambda x: F.nll_loss(two_classes(x), yes, reduction='none')),
    'cross_entropy': (-5, 5, lambda x: F.cross_entropy(two_classes(x), yes, reduction='none')),
    'kl_div, target 0.5': (-5, 0, lambda x: F.kl_div(x, one / 2, reduction='none')),
    'hinge_embedding, y = -1': (-2, 3, lambda x: F.hinge_embedding_loss(x, -one, reduction='none')),
    'margin_ranking': (-2, 3, lambda x: F.margin_ranking_loss(x, one, one, margin=0.5, reduction='none')),
    'soft_margin': (-5, 5, lambda x: F.soft_margin_loss(x, one, reduction='none')),
}
figure, axes = plt.subplots(2, 4, figsize=(9, 5))
for ax, (name, (low, high, loss)) in zip(axes.flat, panels.items()):
    x = torch.linspace(low, high, 161, requires_grad=True)
    y = loss(x)
    y.sum().backward()
    ax.plot(x.detach(), y.detach())
    ax.plot(x.detach(), x.grad, '--')
    ax.set_title(name)
    ax.set_ylim(-3, 5)
    ax.grid()
plt.show()
