# Singular values: norms of matrices, the decomposition, and gradients through both.
import torch

torch.manual_seed(0)
A = torch.tensor([[3.0, 1.0, -2.0], [0.5, -1.0, 4.0]], requires_grad=True)
for norm in [
    lambda: torch.linalg.matrix_norm(A, "nuc"),
    lambda: torch.linalg.norm(A, 2),
    lambda: torch.linalg.norm(A, -2),
    lambda: torch.norm(A, p="nuc"),
    lambda: A.norm("nuc", dim=(1, 0), keepdim=True).sum(),
]:
    A.grad = None
    value = norm()
    value.backward()
    print(f"{value.item():.5f}", A.grad)
print(type(torch.linalg.svdvals(A).grad_fn).__name__)

# Gradients of gradients.
(g,) = torch.autograd.grad(torch.linalg.matrix_norm(A, "nuc"), A, create_graph=True)
(h,) = torch.autograd.grad((g * torch.tensor([[1.0, 2.0, 3.0], [-1.0, 0.0, 1.0]])).sum(), A)
print(h)

# Many at once, along any two dimensions.
B = torch.randn(3, 2, 4, 2)
print(torch.linalg.matrix_norm(B, 2).shape, torch.linalg.matrix_norm(B, "nuc", dim=(0, 2), keepdim=True).shape)
print(torch.linalg.svdvals(B)[1, 0], torch.linalg.matrix_norm(B, -2, dim=(2, 0))[0])

# The factors, up to their signs.
U, S, Vh = torch.linalg.svd(A, full_matrices=False)
print(U.shape, S.detach(), Vh.shape, torch.allclose(U * S @ Vh, A, atol=1e-6))
loss = (U @ torch.diag(S**2) @ U.T).sum() + (Vh.T @ Vh)[0, 1] * 3
A.grad = None
loss.backward()
print(f"{loss.item():.3f}", A.grad)
for shape in [(2, 3), (3, 2), (3, 3)]:
    M = torch.randn(shape)
    U, S, Vh = torch.linalg.svd(M)
    D = torch.zeros(shape)
    D.diagonal().copy_(S)
    print(U.shape, Vh.shape, torch.allclose(U @ D @ Vh, M, atol=1e-5), torch.allclose(U.T @ U, torch.eye(shape[0]), atol=1e-5))
U, S, V = torch.svd(torch.tensor([[2.0, 0.0], [0.0, -3.0], [0.0, 0.0]]))
print(S, (U * S @ V.T).round(decimals=4) + 0.0)

# Where there is nothing to divide by.
Z = torch.zeros(2, 2, requires_grad=True)
torch.linalg.matrix_norm(Z, "nuc").backward()
print(Z.grad)
print(torch.linalg.matrix_norm(torch.zeros(0, 3), "nuc"), torch.linalg.svdvals(torch.ones(2, 0)).shape)
R = torch.outer(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, -1.0])).requires_grad_()
torch.linalg.norm(R, 2).backward()
print(R.grad)
try:
    torch.linalg.svdvals(torch.tensor([1.0, 2.0]))
except RuntimeError as error:
    print(error)
