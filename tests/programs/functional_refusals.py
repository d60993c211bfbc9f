import torch
import torch.nn.functional as F

x = torch.tensor([-2.75, -1.25, -0.25, 0.0, 0.5, 2.25], requires_grad=True)
p, t = torch.tensor([0.5, -1.0, 2.0], requires_grad=True), torch.tensor([1.0, 0.0, -1.5])
logits = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 0.25]], requires_grad=True)


def refused(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)


refused(lambda: F.cross_entropy(logits, torch.tensor([0, 1, 2])))
refused(lambda: F.cross_entropy(logits, torch.tensor([0.0, 1.0])))
refused(lambda: F.cross_entropy(logits, torch.tensor([[0], [1]])))
refused(lambda: F.cross_entropy(logits, torch.tensor([0, 1]), reduction="average"))
refused(lambda: F.nll_loss(logits, torch.tensor([0, 1]), weight=torch.ones(2)))
refused(lambda: F.binary_cross_entropy(p, t))
refused(lambda: F.binary_cross_entropy_with_logits(p, t[:2]))
refused(lambda: F.elu(torch.tensor([1, 2])))
refused(lambda: F.gelu(x, approximate="sigmoid"))
refused(lambda: F.glu(p))
refused(lambda: F.relu(x, inplace=True))
refused(lambda: torch.tensor([1, 2]).sqrt_())
refused(lambda: torch.bitwise_and(x, x))
refused(lambda: torch.fmod(torch.tensor([1, 2]), 0))
refused(lambda: torch.erf(1.0))
refused(lambda: F.softmax(torch.tensor([1, 2]), dim=0))
refused(lambda: F.nll_loss(logits, torch.tensor([0, 3])))
