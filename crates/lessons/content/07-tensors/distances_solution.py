import torch

def distances(a, b):
    """a is n x d, b is m x d: the n x m squared distances of their rows; no loop."""
    return (a.unsqueeze(1) - b.unsqueeze(0)).pow(2).sum(dim=2)

a = torch.tensor([[0., 0.], [3., 4.]])
b = torch.tensor([[0., 0.], [3., 0.], [0., 4.]])
print(distances(a, b))
