import numpy as np
import torch

x = np.array([[-2.], [-1.], [0.], [1.], [2.]])

# One: a loop.
d = np.zeros_like(x)
for i in range(len(x)):
    if x[i, 0] > 0:
        d[i, 0] = 1
print(d.T)

# Two: a mask.
d = np.zeros_like(x)
d[x > 0] = 1
print(d.T)

# Three: a tensor, on whichever device is there.
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
t = torch.tensor(x, dtype=torch.float32, device=device)
d = (t > 0).float()
print(d.cpu().numpy().T)
