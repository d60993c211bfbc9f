# Losses and their gradients.
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(3, 5, requires_grad=True)
t = torch.tensor([1, 0, 4])
y = torch.randn(3, 5)
p = torch.rand(3, 5)
for l, a in [(nn.CrossEntropyLoss(), (x, t)), (nn.CrossEntropyLoss(weight=torch.arange(1.0, 6.0), reduction='sum'), (x, t)), (nn.CrossEntropyLoss(label_smoothing=0.1), (x, t)), (nn.CrossEntropyLoss(ignore_index=0), (x, t)), (nn.CrossEntropyLoss(), (x, p.softmax(1))), (nn.NLLLoss(), (F.log_softmax(x, 1), t)), (nn.MSELoss(), (x, y)), (nn.MSELoss(reduction='none'), (x, y)), (nn.L1Loss(), (x, y)), (nn.SmoothL1Loss(), (x, y)), (nn.HuberLoss(delta=0.5), (x, y)), (nn.BCELoss(), (torch.sigmoid(x), p)), (nn.BCEWithLogitsLoss(pos_weight=torch.full((5,), 2.0)), (x, p)), (nn.KLDivLoss(reduction='batchmean'), (F.log_softmax(x, 1), p.softmax(1))), (nn.HingeEmbeddingLoss(), (x, torch.sign(y))), (nn.MarginRankingLoss(), (x[:, 0], x[:, 1], torch.tensor([1.0, -1.0, 1.0]))), (nn.TripletMarginLoss(), (x, y, p)), (nn.CosineEmbeddingLoss(), (x, y, torch.tensor([1.0, -1.0, 1.0]))), (nn.SoftMarginLoss(), (x, torch.sign(y))), (nn.MultiLabelSoftMarginLoss(), (x, (p > 0.5).float())), (nn.PoissonNLLLoss(), (x, p)), (nn.GaussianNLLLoss(), (x, y, p)), (nn.MultiMarginLoss(), (x, t))]:
    x.grad = None
    v = l(*a)
    v.sum().backward()
    print(l, v.detach(), f'{x.grad.abs().sum().item():.3g}')
