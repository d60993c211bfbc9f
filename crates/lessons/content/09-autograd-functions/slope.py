import torch

def slope(f, x):
    """The derivative of f at the number x, as a number."""
    x = torch.tensor(float(x))
    y = f(x)
    # Go on here.
    return 0.0

def f(x):
    return (x - 2) ** 2

print(slope(f, 1))             # should be -2
