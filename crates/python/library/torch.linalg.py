"""What `torch.linalg` has beside its tables, for one matrix at a time: by elimination, in tensor operations, so that it has
gradients; the rest as `numpy.linalg` computes it, without."""

import numpy as np
import torch


class LinAlgError(RuntimeError):
    __module__ = "torch._C"
    __qualname__ = "_LinAlgError"


def _square(A, name):
    if A.ndim != 2:
        raise NotImplementedError(f"linalg.{name} is supported here for one matrix, not for a shape of {tuple(A.shape)}")
    if A.shape[0] != A.shape[1]:
        raise RuntimeError(
            f"linalg.{name}: A must be batches of square matrices, but they are {A.shape[0]} by {A.shape[1]} matrices"
        )
    if not A.is_floating_point():
        raise RuntimeError(f"linalg.{name}: Expected a floating point or complex tensor as input. Got Long")


def _eliminated(A):
    """Its rows brought to triangular form, with what stands beside them, and the sign of the swaps."""
    sign = 1
    n = A.shape[0]
    for k in range(n):
        below = A[k:]
        p = k + int(below[:, k].detach().abs().argmax())
        if p != k:
            order = list(range(n))
            order[k], order[p] = p, k
            A = A[order]
            sign = -sign
        if A[k, k].item() == 0:
            return A, 0, k
        factors = A[k + 1 :, k : k + 1] * (1 / A[k, k])
        A = torch.cat([A[: k + 1], A[k + 1 :] - factors * A[k]])
    return A, sign, n


def solve(A, B):
    _square(A, "solve")
    if B.shape[0] != A.shape[0]:
        raise RuntimeError(f"linalg.solve: Incompatible shapes of A and B for the equation AX = B ({tuple(A.shape)} and {tuple(B.shape)})")
    n = A.shape[0]
    U, sign, k = _eliminated(torch.cat([A, B.reshape(n, -1)], 1))
    if sign == 0:
        raise LinAlgError(f"torch.linalg.solve: The solver failed because the input matrix is singular.")
    rest = U[:, n:]
    rows = []
    for k in range(n - 1, -1, -1):
        row = rest[k] / U[k, k]
        rows.insert(0, row)
        rest = rest - U[:, k : k + 1] * row
    return torch.stack(rows).reshape(B.shape) if rows else B


def inv(A):
    _square(A, "inv")
    U, sign, k = _eliminated(A.detach())
    if sign == 0:
        raise LinAlgError(
            f"linalg.inv: The diagonal element {k + 1} is zero, the inversion could not be completed because the input "
            "matrix is singular."
        )
    return solve(A, torch.eye(A.shape[0], dtype=A.dtype, device=A.device))


def det(A):
    _square(A, "det")
    U, sign, _ = _eliminated(A)
    d = U.diagonal().prod()
    return -d if sign < 0 else d * abs(sign)


def slogdet(A):
    d = det(A)
    return torch.sign(d), torch.log(torch.abs(d))


def cholesky(A):
    _square(A, "cholesky")
    n = A.shape[0]
    columns = []
    for k in range(n):
        column = A[:, k]
        for done in columns:
            column = column - done * done[k]
        if column[k].item() <= 0:
            raise LinAlgError(
                f"linalg.cholesky: The factorization could not be completed because the input is not positive-definite "
                f"(the leading minor of order {k + 1} is not positive-definite)."
            )
        column = column / torch.sqrt(column[k])
        columns.append(torch.cat([column[:k] * 0, column[k:]]))
    return torch.stack(columns, 1)


def matrix_power(A, n):
    if n < 0:
        return matrix_power(inv(A), -n)
    result = torch.eye(A.shape[-1], dtype=A.dtype, device=A.device)
    for bit in bin(n)[2:]:
        result = result @ result
        if bit == "1":
            result = result @ A
    return result


def multi_dot(tensors):
    result = tensors[0]
    for t in tensors[1:]:
        result = result @ t
    return result


def cross(input, other, *, dim=-1):
    i, j = torch.tensor([1, 2, 0], device=input.device), torch.tensor([2, 0, 1], device=input.device)
    return input.index_select(dim, i) * other.index_select(dim, j) - input.index_select(dim, j) * other.index_select(dim, i)


def _whole(U):
    """Orthonormal columns, and as many more as there is room for."""
    if U.ndim != 2:
        raise NotImplementedError("linalg.svd is supported here with full_matrices=False, or for one matrix")
    more = np.linalg.qr(U.detach().cpu().numpy(), "complete")[0][:, U.shape[1] :]
    return torch.cat([U, torch.as_tensor(more, dtype=U.dtype, device=U.device)], 1)


def svd(A, full_matrices=True, *, driver=None):
    U, S, Vh = torch.linalg._svd(A)
    if full_matrices and A.shape[-2] > S.shape[-1]:
        U = _whole(U)
    if full_matrices and A.shape[-1] > S.shape[-1]:
        Vh = _whole(Vh.mT).mT
    return torch._return("linalg_svd", ("U", "S", "Vh"), [U, S, Vh])


def svdvals(A, *, driver=None):
    return torch.linalg._svd(A)[1]


def _by_numpy(name, *kind):
    def compute(A, *args, **options):
        if A.requires_grad and torch.is_grad_enabled():
            raise NotImplementedError(f"the gradient of linalg.{name} is not supported here; use A.detach()")
        found = getattr(np.linalg, name)(A.cpu().numpy(), *args, **options)
        if isinstance(found, tuple):
            return torch._return(f"linalg_{name}", kind, [torch.as_tensor(x, dtype=A.dtype) for x in found])
        return torch.as_tensor(found)

    return compute


eigh = _by_numpy("eigh", "eigenvalues", "eigenvectors")
eigvalsh = _by_numpy("eigvalsh")
qr = _by_numpy("qr", "Q", "R")
pinv = _by_numpy("pinv")
matrix_rank = _by_numpy("matrix_rank")
cond = _by_numpy("cond")


def lstsq(A, B):
    return torch._return("linalg_lstsq", ("solution",), [torch.from_numpy(np.linalg.lstsq(A.numpy(), B.numpy())[0])])
