import torch

def distances(a, b):
    """a is n x d, b is m x d: the n x m squared distances of their rows; no loop."""
    # Go on here.
    return torch.zeros(len(a), len(b))

a = torch.tensor([[0., 0.], [3., 4.]])
b = torch.tensor([[0., 0.], [3., 0.], [0., 4.]])
print(distances(a, b))         # should be 0, 9, 16 and 25, 16, 9
