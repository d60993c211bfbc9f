import torch
from torch.utils.data import TensorDataset, DataLoader, random_split
torch.manual_seed(0)
ds = TensorDataset(torch.arange(10.).view(10, 1), torch.arange(10))
for x, y in DataLoader(ds, batch_size=4, shuffle=True): print(x.flatten(), y)
a, b = random_split(ds, [7, 3])
print([int(t[1]) for t in b], len(a))
dl = DataLoader(ds, batch_size=3, drop_last=True)
print(len(dl))
for i, (x, y) in enumerate(dl): print(i, y.tolist())
print(torch.rand(2))
