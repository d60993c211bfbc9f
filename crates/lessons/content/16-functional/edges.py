import torch
import torch.nn.functional as F

p = torch.tensor([0., 1.], requires_grad=True)
y = F.binary_cross_entropy(p, torch.tensor([1., 1.]), reduction='none')
y.sum().backward()
print('bce at 0 and 1:', y.tolist(), [f'{g:.0e}' for g in p.grad.tolist()])
x = torch.tensor([-1000.], requires_grad=True)
y = F.binary_cross_entropy_with_logits(x, torch.ones(1))
y.backward()
print('with logits:', y.item(), x.grad.tolist())
try:
    F.binary_cross_entropy(torch.tensor([1.5], device='cpu'), torch.ones(1, device='cpu'))
except RuntimeError as error:
    print('bce of 1.5:', error)

scores = torch.tensor([[2., 0., 0.], [0., 0., 1.], [0., 3., 0.]], requires_grad=True)
target = torch.tensor([0, -100, 2])
loss = F.cross_entropy(scores, target)
loss.backward()
print('one ignored:', round(loss.item(), 4), [[round(g, 3) for g in row] for row in scores.grad.tolist()])
print('the same in two steps:', round(F.nll_loss(F.log_softmax(scores, dim=1), target).item(), 4))
print('all ignored:', F.cross_entropy(scores, torch.full((3,), -100)).item())
weight = torch.tensor([1., 1., 10.])
print('weighted:', round(F.cross_entropy(scores, target, weight=weight).item(), 4))
print('smoothed:', round(F.cross_entropy(scores, target, label_smoothing=0.1).item(), 4))
print('target as shares:', round(F.cross_entropy(scores[:1], torch.tensor([[0.5, 0.25, 0.25]])).item(), 4))

q = torch.tensor([[0.5, 0.25, 0.25]]).log()
print('kl:', round(F.kl_div(q, torch.tensor([[1., 0., 0.]]), reduction='batchmean').item(), 4),
      F.kl_div(q, q.exp(), reduction='batchmean').item())
x = torch.tensor([1., 1., -1.], requires_grad=True)
y = torch.tensor([1., -1., -1.])
F.hinge_embedding_loss(x, y, reduction='sum').backward()
print('hinge_embedding:', F.hinge_embedding_loss(x, y, reduction='none').tolist(), x.grad.tolist())
print('margin_ranking:', F.margin_ranking_loss(x, torch.zeros(3), y, reduction='none').tolist())
print('soft_margin:', [round(v, 4) for v in F.soft_margin_loss(x, y, reduction='none').tolist()])
