import numpy as np

def band(x):
    """1 where an entry lies between -1 and 1, else 0; no loop."""
    d = np.zeros_like(x)
    d[(x > -1) & (x < 1)] = 1
    return d

print(band(np.array([[-2.], [-1.], [0.], [0.5], [3.]])).T)
