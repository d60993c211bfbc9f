# Products, decompositions and norms, of one matrix and of batches.
import torch
from torch import linalg as LA
a, b = torch.tensor([[1., 2.], [3., 4.]]), torch.tensor([[0., -1.], [2., 0.5]])
v, w = torch.tensor([2., 3.]), torch.tensor([1., -1.])
print(torch.mm(a, b), torch.matmul(a, v), a @ b, torch.mv(a, v), torch.dot(v, w), torch.vdot(v, w), torch.inner(a, v), torch.outer(v, w), torch.ger(v, w), torch.bmm(a.expand(2, 2, 2), b.expand(2, 2, 2))[1])
print(torch.addmm(b, a, a, beta=0.5, alpha=2), torch.addmv(v, a, w), torch.addr(b, v, w), torch.addbmm(b, a.expand(3, 2, 2), b.expand(3, 2, 2)), torch.baddbmm(b.expand(2, 2, 2), a.expand(2, 2, 2), a.expand(2, 2, 2))[0], torch.chain_matmul(a, b, a), LA.multi_dot([a, b, a]))
print(torch.kron(torch.eye(2), a), torch.tensordot(a, b, dims=1), torch.tensordot(torch.arange(60.).reshape(3, 4, 5), torch.arange(24.).reshape(4, 3, 2), dims=([1, 0], [0, 1])), torch.cross(torch.tensor([1., 2, 3]), torch.tensor([0., 1, 0]), dim=0), LA.cross(torch.eye(3), torch.ones(3, 3)))
print(torch.einsum('ii', a), torch.einsum('i,j->ij', v, w), torch.einsum('bij,bjk->bik', a.expand(2, 2, 2), b.expand(2, 2, 2))[0], torch.einsum('...ij->...ji', a), torch.einsum('bn,anm,bm->ba', a, b.expand(1, 2, 2), a), torch.einsum(a, [..., 0, 1], b, [..., 1, 2], [..., 0, 2]), torch.einsum(v, [0], w, [1], [0, 1]))
print(LA.inv(a), torch.inverse(b), LA.det(a), torch.det(torch.stack([a, b])), torch.logdet(b), LA.slogdet(a), torch.slogdet(torch.stack([a, b])).sign, LA.matrix_power(a, 3), torch.matrix_power(b, -2), LA.matrix_power(torch.stack([a, b]), -1).shape, LA.inv(torch.stack([a, b])).shape)
print(LA.solve(a, v), LA.solve(a, b), LA.solve(torch.stack([a, b]), torch.stack([v, w])), LA.solve(a, b, left=False), LA.solve(torch.stack([a, b]), v.view(2, 1)), LA.solve_triangular(a.triu(), v.view(2, 1), upper=True), LA.vecdot(a, b))
s = a @ a.T + torch.eye(2)
print(LA.cholesky(s), LA.cholesky(torch.stack([s, torch.eye(2)]))[1], LA.cholesky(s, upper=True), LA.eigvalsh(s), LA.eigvalsh(torch.stack([s, 2 * s])), LA.eigh(s).eigenvalues, LA.svdvals(a), LA.svd(a).S, LA.svd(torch.ones(3, 2), full_matrices=False).U.shape, LA.svd(torch.ones(3, 2)).U.shape)
q, r = LA.qr(torch.tensor([[12., -51, 4], [6, 167, -68], [-4, 24, -41]]))
print(q, r.round(), LA.qr(torch.ones(3, 2), mode='complete').Q.shape, LA.qr(torch.ones(2, 4, 3)).R.shape, LA.qr(a, mode='r').Q)
print(LA.norm(v), LA.norm(a), LA.norm(a, 'fro'), LA.norm(a, float('inf')), LA.norm(a, -float('inf')), LA.norm(a, 1), LA.norm(a, 2), LA.norm(a, 'nuc'), LA.norm(a, dim=0), LA.norm(a, 1, dim=1), LA.vector_norm(v, ord=3), LA.vector_norm(a, ord=float('inf'), dim=1, keepdim=True), LA.vector_norm(v, 0), LA.matrix_norm(a), LA.matrix_norm(torch.stack([a, b]), ord=1), LA.matrix_norm(torch.stack([a, b]), ord='fro', dim=(0, 2)))
print(LA.matrix_rank(torch.eye(3)), LA.matrix_rank(torch.stack([torch.eye(2), torch.ones(2, 2)])), LA.matrix_rank(torch.diag(torch.tensor([3., 1e-3])), atol=1e-2, rtol=0.), LA.cond(a), LA.cond(a, 1), LA.cond(torch.stack([torch.eye(2), a])), LA.pinv(a), torch.pinverse(torch.tensor([[1., 0.], [0., 2.], [0., 0.]])), LA.lstsq(torch.tensor([[1., 1.], [1., 2.], [1., 3.]]), torch.tensor([[1.], [2.], [2.]])).solution, LA.diagonal(a), torch.trace(a))
for wrong in (lambda: LA.inv(torch.ones(2, 3)), lambda: LA.inv(torch.ones(2, 2)), lambda: LA.inv(torch.zeros(2, 2, 2)), lambda: LA.solve(torch.zeros(2, 2), v), lambda: LA.solve(a, torch.ones(3, 1)), lambda: LA.cholesky(-a), lambda: LA.det(v), lambda: torch.mm(a, torch.ones(3, 2)), lambda: torch.bmm(a, a), lambda: torch.dot(v, torch.ones(3)), lambda: torch.mv(a, torch.ones(3)), lambda: a @ torch.ones(3), lambda: torch.trace(v), lambda: torch.einsum('ij,jk', a, torch.ones(3, 2)), lambda: LA.det(torch.tensor([[1, 2], [3, 4]])), lambda: torch.diag(torch.ones(2, 2, 2)), lambda: torch.outer(a, v), lambda: torch.cross(v, w, dim=0)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
