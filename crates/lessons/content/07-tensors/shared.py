import numpy as np
import torch

n = np.zeros((2, 3))
t = torch.from_numpy(n)        # the same memory, another name
c = torch.tensor(n, dtype=torch.float32)   # a copy

n[0, 0] = 7
t[1, 2] = 5
print(n)
print(t)
print(c)
print(t.dtype, c.dtype)
