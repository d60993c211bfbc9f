# Datasets, samplers and batches.
import torch
from torch.utils.data import Dataset, DataLoader, TensorDataset, IterableDataset, ConcatDataset, Subset, random_split

class Squares(Dataset):

    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        return {'x': torch.tensor(float(i)), 'y': i ** 2, 'name': f'item{i}', 'pair': (i, -i)}
torch.manual_seed(0)
for batch in DataLoader(Squares(5), batch_size=2):
    print(batch)
for batch in DataLoader(Squares(6), batch_size=4, shuffle=True):
    print(batch['y'])

class Stream(IterableDataset):
    def __iter__(self): return iter(range(5))
print(list(DataLoader(Stream(), batch_size=2)))
ds = TensorDataset(torch.arange(6.).view(3, 2), torch.tensor([0, 1, 2]))
print(ds[1])
print(len(ds))
print(list(DataLoader(ds, batch_size=3))[0])
print(next(iter(DataLoader(ds, batch_size=None)))[0])
a, b = random_split(range(10), [0.7, 0.3], generator=torch.Generator().manual_seed(1))
print(len(a), list(b))
print(len(ConcatDataset([ds, ds])))
print(Subset(ds, [2])[0])
print([len(x) for x in DataLoader(list(range(7)), 3, drop_last=True)])
print([b.tolist() for b in DataLoader(list(range(6)), batch_size=2, shuffle=True, generator=torch.Generator().manual_seed(3))])
print(list(DataLoader(Squares(2), collate_fn=lambda b: [d['y'] for d in b], batch_size=2)))
