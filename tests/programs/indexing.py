import torch

x = torch.arange(24.0).reshape(2, 3, 4)
rows = torch.tensor([[0, 1], [1, 0]])
print(x[rows].shape, x[:, [0, 2]].shape, x[rows, :, [1, 3]].shape, x[1, :, None, [0, -1]].shape)
print(x[0, rows, 1], x[..., rows[0]].sum())
print(x[x > 20], x[torch.tensor([True, False])].shape, x[0, [True, False, True], 1:3])

a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
picked = a[[0, 1, 1], [2, 0, 0]]
print(picked)
(picked * torch.tensor([1.0, 10.0, 100.0])).sum().backward()
print(a.grad)

b = torch.zeros(3, 4)
b[0] = 1
b[[1, 2], [0, 3]] = torch.tensor([5.0, 7.0])
b[b > 4] = -1
b[:, [1, 2]] += torch.tensor([[1.0], [2.0], [3.0]])
b[torch.tensor([True, False, True])] *= 2
print(b)

# What is put on the tape: the old elements' gradient stops where new ones stand.
v = torch.tensor([10.0, 20.0], requires_grad=True)
a.grad = None
c = a * 2
c[[0, 1], [1, 2]] = v * 3
c[c > 29] = 0.0
c[0] += 1
print(c)
(c * torch.arange(6.0).reshape(2, 3)).sum().backward()
print(a.grad, v.grad)

# A second derivative through a pick.
w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
(g,) = torch.autograd.grad((w[[2, 0, 2]] ** 3).sum(), w, create_graph=True)
g.sum().backward()
print(g.detach(), w.grad)
