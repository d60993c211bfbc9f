# Each loss with the options of its reference, as a module and as a function.
import torch, torch.nn as nn, torch.nn.functional as F
x = torch.tensor([[0.2, -1., 1.5], [0.7, 0.3, -0.6]], requires_grad=True)
y = torch.tensor([[0., -1.5, 1.], [1., 0.5, -0.5]])
k = torch.tensor([2, 0])
for reduction in ('none', 'mean', 'sum'):
    print(nn.L1Loss(reduction=reduction)(x, y), nn.MSELoss(reduction=reduction)(x, y), nn.SmoothL1Loss(reduction=reduction, beta=0.5)(x, y), nn.HuberLoss(reduction=reduction, delta=0.3)(x, y))
print(nn.CrossEntropyLoss()(x, k), nn.CrossEntropyLoss(weight=torch.tensor([1., 2., 0.5]))(x, k), nn.CrossEntropyLoss(label_smoothing=0.1)(x, k), nn.CrossEntropyLoss(ignore_index=0)(x, k), nn.CrossEntropyLoss(reduction='sum')(x, torch.softmax(y, 1)), F.cross_entropy(x, k, reduction='none'))
print(F.cross_entropy(torch.arange(12.).view(1, 3, 2, 2), torch.tensor([[[0, 1], [2, 0]]])), F.cross_entropy(x[0], k[0]))
log = F.log_softmax(x, dim=1)
print(nn.NLLLoss()(log, k), F.nll_loss(log, k, weight=torch.tensor([1., 2., 3.])), F.nll_loss(log, k, ignore_index=2), nn.NLLLoss(reduction='sum')(log, k), F.nll_loss(torch.arange(12.).view(1, 3, 2, 2), torch.tensor([[[0, 1], [2, 0]]])))
p, t = torch.sigmoid(x), torch.tensor([[0., 1., 1.], [1., 0., 0.]])
print(nn.BCELoss()(p, t), F.binary_cross_entropy(p, t, weight=torch.tensor([1., 2., 3.]), reduction='none'), nn.BCEWithLogitsLoss()(x, t), nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1., 2., 3.]))(x, t), F.binary_cross_entropy_with_logits(x, t, weight=torch.tensor([[1.], [2.]]), reduction='sum'))
print(nn.KLDivLoss(reduction='batchmean')(log, F.softmax(y, dim=1)), F.kl_div(log, F.log_softmax(y, dim=1), reduction='sum', log_target=True), nn.PoissonNLLLoss()(x, t), nn.PoissonNLLLoss(log_input=False, full=True)(p, t + 1), nn.GaussianNLLLoss()(x, y, torch.ones(2, 1) * 0.5), nn.GaussianNLLLoss(full=True, reduction='none')(x, y, torch.ones(2, 3)))
s = torch.tensor([1., -1.])
print(nn.MarginRankingLoss(margin=0.5)(x[:, 0], y[:, 0], s), nn.HingeEmbeddingLoss()(x, t * 2 - 1), nn.HingeEmbeddingLoss(margin=0.2, reduction='none')(x, t * 2 - 1), nn.SoftMarginLoss()(x, t * 2 - 1), nn.CosineEmbeddingLoss(margin=0.1)(x, y, s), F.cosine_embedding_loss(x, y, s, reduction='none'))
print(nn.MultiMarginLoss()(x.detach(), k), nn.MultiMarginLoss(p=2, margin=0.5, weight=torch.tensor([1., 2., 0.5]))(x.detach(), k), nn.MultiLabelMarginLoss()(torch.tensor([[0.1, 0.2, 0.4, 0.8]]), torch.tensor([[3, 0, -1, 1]])), nn.MultiLabelSoftMarginLoss()(x, t), F.multilabel_soft_margin_loss(x, t, reduction='none'))
a, b, c = x, y, y.flip(0)
print(nn.TripletMarginLoss()(a, b, c), nn.TripletMarginLoss(margin=2.0, p=1, swap=True, reduction='none')(a, b, c), F.triplet_margin_loss(a, b, c, margin=0.5))
print(nn.PairwiseDistance(p=2)(x, y), nn.PairwiseDistance(p=1, keepdim=True)(x, y), F.pairwise_distance(x, y), nn.CosineSimilarity(dim=1, eps=1e-6)(x, y), F.cosine_similarity(x, y, dim=0), torch.cdist(x, y), torch.cdist(x, y, p=1))
for loss in (nn.L1Loss(), nn.CrossEntropyLoss(label_smoothing=0.1), nn.NLLLoss(), nn.BCELoss(), nn.KLDivLoss(), nn.HuberLoss(), nn.SmoothL1Loss(), nn.TripletMarginLoss(), nn.MultiMarginLoss(), nn.PoissonNLLLoss(), nn.GaussianNLLLoss(), nn.PairwiseDistance(2), nn.CosineSimilarity()):
    print(loss)
F.smooth_l1_loss(x, y).backward()
print(x.grad)
