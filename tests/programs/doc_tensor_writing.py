# Writing into tensors: by index, by mask, by scatter, and what gives a new one.
import torch
x = torch.ones(5, 3)
t = torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]], dtype=torch.float)
i = torch.tensor([0, 4, 2])
print(x.index_add_(0, i, t), torch.ones(5, 3).index_add(0, i, t, alpha=-1))
print(torch.zeros(5, 3).index_copy_(0, i, t), torch.zeros(5, 3).index_copy(0, i, t)[0], t.index_fill(1, torch.tensor([0, 2]), -1), t.clone().index_fill_(0, torch.tensor([1]), 0.))
print(torch.zeros(2, 3).index_put_((torch.tensor([0, 1]), torch.tensor([1, 2])), torch.tensor([5., 6.])), torch.zeros(3).index_put([torch.tensor([0, 0, 2])], torch.ones(3), accumulate=True))
src = torch.arange(1, 11).reshape((2, 5))
print(torch.zeros(3, 5, dtype=src.dtype).scatter_(0, torch.tensor([[0, 1, 2, 0]]), src), torch.zeros(3, 5, dtype=src.dtype).scatter_(1, torch.tensor([[0, 1, 2], [0, 1, 4]]), src))
print(torch.full((2, 4), 2.).scatter_(1, torch.tensor([[2], [3]]), 1.23, reduce='multiply'), torch.full((2, 4), 2.).scatter_(1, torch.tensor([[2], [3]]), 1.23, reduce='add'), torch.zeros(2, 3).scatter(1, torch.tensor([[1], [2]]), 9))
print(torch.zeros(3, 5).scatter_add_(0, torch.tensor([[0, 1, 2, 0, 0]]), torch.ones((2, 5))), torch.zeros(3, 5).scatter_add(0, torch.tensor([[0, 1, 2, 0, 0], [0, 1, 2, 2, 2]]), torch.ones((2, 5))))
s, at = torch.tensor([1., 2., 3., 4., 5., 6.]), torch.tensor([0, 1, 0, 1, 2, 1])
for reduce in ('sum', 'prod', 'mean', 'amax', 'amin'):
    print(torch.tensor([1., 2., 3., 4.]).scatter_reduce(0, at, s, reduce=reduce), torch.tensor([5., 2., 3., 4.]).scatter_reduce_(0, at, s, reduce=reduce, include_self=False))
m = torch.tensor([[False, True, False], [True, False, True]])
print(torch.zeros(2, 3).masked_fill_(m, 7), torch.zeros(2, 3).masked_fill(m, -float('inf')), torch.zeros(2, 3).masked_scatter_(m, torch.arange(1., 7.)), torch.zeros(2, 3).masked_scatter(m, torch.arange(5.)))
a = torch.zeros(3, 3)
print(a.fill_diagonal_(5), a.copy_(torch.arange(9.).view(3, 3)), a.t_(), a.transpose_(0, 1), a.tril_(), a.squeeze_().shape, a.unsqueeze_(0).shape)
b = torch.arange(6.).reshape(2, 3)
b[0, 1] = 10
b[1] = torch.tensor([7., 8., 9.])
b[:, 2] *= 2
b[b > 15] = 0
b[[0, 1], [0, 1]] += 100
b[..., 0] = -1
print(b, b[None].shape, b[:, None, 1:], b[torch.tensor([1, 0])], b[b < 0], b[-1, ::2])
print(b.map_(torch.ones(2, 3), lambda p, q: p + q), b.apply_(lambda v: v * 2), b.zero_().add_(torch.arange(3.)), torch.Tensor.add_(b, 1), b.clone().fill_(2.5))
print(torch.ones(3).where(torch.tensor([True, False, True]), torch.tensor(0.)), b.t().contiguous().view(-1), b.data is b, b.detach().equal(b))
