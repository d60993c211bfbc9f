# Results into tensors and arrays that are there already.
import numpy as np
import torch

x, y = torch.arange(3.0), torch.ones(3)
z = torch.empty(3)
print(torch.add(x, y, out=z) is z, z)
torch.mul(x, 2, out=x)
print(x)
m = torch.empty(2, 2)
torch.matmul(torch.ones(2, 3), torch.ones(3, 2), out=m)
print(m)
values, places = torch.empty(2), torch.empty(2, dtype=torch.long)
torch.max(torch.tensor([[1.0, 5.0], [7.0, 2.0]]), dim=1, out=(values, places))
print(values, places)
a = np.ones(5)
shared = torch.from_numpy(a)
np.add(a, 1, out=a)
print(a, shared)
b = np.empty(5)
np.multiply(a, a, out=b)
np.sqrt(b, out=b)
print(b)
