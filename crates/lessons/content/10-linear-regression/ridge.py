import torch

def loss_of(X, y, w, k):
    return (y - X.mv(w)).pow(2).mean() + k * w.pow(2).sum()

def gradient(X, y, w, k):
    """The gradient of loss_of with respect to w, by a formula."""
    n = len(y)
    return -2 / n * X.t().mv(y - X.mv(w))      # something is missing

X = torch.tensor([[0., 1.], [1., 1.], [2., 1.]])
y = torch.tensor([1., 3., 5.])
print(gradient(X, y, torch.tensor([1., 1.]), 0.5))
