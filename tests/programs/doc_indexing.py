# Indices of all kinds, read and written, and what is wrong with some.
import torch
x = torch.arange(20).reshape(4, 5)
print(x[1])
print(x[1, 2])
print(x[:, 1])
print(x[1:3, ::2])
print(x[-1, -2:])
print(x[..., 0])
print(x[None].shape)
print(x[:, None].shape)
print(x[[0, 2]])
print(x[[0, 1], [1, 2]])
print(x[x > 12])
print(x[x % 2 == 0].sum())
print(x[torch.tensor([[0], [1]]), torch.tensor([0, 1])])
y = x.clone()
y[0] = 9
y[:, 0] = torch.tensor([1, 2, 3, 4])
y[y > 15] = 0
print(y)
y[1, 1:3] += 100
y[[2, 3], [3, 4]] = -1
print(y)
print(torch.gather(x, 1, torch.tensor([[0, 1], [1, 2], [2, 3], [3, 4]])))
print(torch.index_select(x, 1, torch.tensor([0, 3])))
print(torch.masked_select(x, x > 16))
print(torch.where(x > 10, x, -x))
print(torch.zeros(3, 5, dtype=torch.int64).scatter_(1, torch.tensor([[0, 1], [2, 3], [4, 0]]), 1))
print(torch.zeros(3, 5).scatter_add_(0, torch.tensor([[0, 1, 2, 0, 0]]), torch.ones(1, 5)))
print(x.nonzero()[:3])
print(torch.nonzero(x > 17, as_tuple=True))
print(torch.zeros(5).index_add_(0, torch.tensor([0, 0, 4]), torch.tensor([1., 2., 3.])))
print(torch.zeros(2, 3).index_fill_(1, torch.tensor([0, 2]), 7.))
print(torch.zeros(2, 2).masked_fill_(torch.eye(2) == 1, 5.))
print(x.take_along_dim(torch.tensor([[0], [1], [2], [3]]), 1))
print(torch.zeros(3).index_put_((torch.tensor([1]),), torch.tensor([5.])))
for bad in [lambda: x[5], lambda: x[0, 0, 0], lambda: x[[0, 9]], lambda: x['a'], lambda: x[1.0]]:
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
