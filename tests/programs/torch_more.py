# Functions that tutorials use beside the common ones.
import torch

x = torch.arange(1.0, 8)
print(x.unfold(0, 3, 2), x.quantile(0.3), torch.quantile(x.view(1, 7), torch.tensor([0.25, 0.5]), dim=1))
print(torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([4, 5])), torch.combinations(torch.tensor([1, 2, 3])))
print(torch.repeat_interleave(torch.tensor([1, 2, 3]), 2), torch.tensor([1, 2]).repeat_interleave(torch.tensor([1, 3])))
print(torch.cross(torch.tensor([1.0, 0, 0]), torch.tensor([0, 1.0, 0]), dim=0), torch.block_diag(torch.ones(1, 2), torch.eye(2)))
index = torch.tensor([0, 1, 0, 1, 2, 1])
src = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
base = torch.tensor([1.0, 2.0, 3.0, 4.0])
for how in ("sum", "prod", "mean", "amax", "amin"):
    print(how, base.scatter_reduce(0, index, src, how), base.scatter_reduce(0, index, src, how, include_self=False))
print(torch.cov(torch.tensor([[0.0, 2], [1, 1], [2, 0]]).T), torch.corrcoef(torch.tensor([[0.0, 1, 2], [2, 1, 0]])))
print(torch.gcd(torch.tensor([5, 10, 15]), torch.tensor([3, 4, 5])), torch.vander(torch.tensor([1, 2, 3])))
print(torch.finfo(torch.float32).eps, torch.finfo(torch.float64).max, torch.iinfo(torch.int64).max)
print(torch.FloatTensor([1, 2]), torch.LongTensor([[1, 2]]), torch.promote_types(torch.int64, torch.float32))
A = torch.tensor([[4.0, 1.0], [2.0, 3.0]], requires_grad=True)
print(torch.linalg.inv(A).detach(), torch.linalg.solve(A, torch.tensor([1.0, 2.0])).detach())
torch.linalg.det(A).backward()
print(A.grad)
A.grad = None
torch.linalg.inv(A).sum().backward()
print(A.grad)
print(torch.linalg.cholesky(torch.tensor([[4.0, 2.0], [2.0, 3.0]])))
print(torch.func.vmap(torch.dot)(torch.ones(2, 3), torch.arange(6.0).view(2, 3)))
y = torch.ones(2, 3, requires_grad=True) * 2
print(type(y.grad_fn).__name__, type(y.sum().grad_fn), y.grad_fn.__class__.__name__, y.grad_fn.name())
print(x[range(3)], x[[0, 2]], torch.backends.mps.is_available())
