import torch

column = torch.tensor([[0.], [10.], [20.]])
row = torch.tensor([1., 2., 3., 4.])
print(column.shape, row.shape)
print(column + row)

x = torch.arange(6.).reshape(3, 2)
print(x - x.mean(dim=0))       # every column about its own mean
