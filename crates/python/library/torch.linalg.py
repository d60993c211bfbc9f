"""What `torch.linalg` has beside its tables, by elimination, in tensor operations, so that it has
gradients; the rest as `numpy.linalg` computes it, without."""

import numpy as np
import torch


class _LinAlgError(RuntimeError):
    __module__ = "torch._C"


LinAlgError = _LinAlgError


def _each(function):
    """The function of every matrix of a batch."""

    def apply(A, *rest, **options):
        if A.ndim < 3:
            return function(A, *rest, **options)
        found = []
        for i, x in enumerate(A.reshape(-1, *A.shape[-2:])):
            try:
                found.append(function(x, *rest, **options))
            except LinAlgError as error:
                name, _, rest_of_it = str(error).partition(": ")
                raise LinAlgError(f"{name}: (Batch element {i}): {rest_of_it}") from None

        def stacked(parts):
            return torch.stack(parts).reshape(A.shape[:-2] + parts[0].shape)

        return type(found[0])(*map(stacked, zip(*found))) if isinstance(found[0], tuple) else stacked(found)

    return apply


def _square(A, name):
    if A.ndim < 2:
        raise RuntimeError(f"linalg.{name}: The input tensor A must have at least 2 dimensions.")
    if A.shape[-2] != A.shape[-1]:
        raise RuntimeError(
            f"linalg.{name}: A must be batches of square matrices, but they are {A.shape[-2]} by {A.shape[-1]} matrices"
        )
    if not A.is_floating_point():
        raise NotImplementedError(f"linalg.{name}: Expected a floating point or complex tensor as input. Got Long")


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


def solve(A, B, *, left=True):
    _square(A, "solve")
    if not left:
        return solve(A.mT, B.mT).mT
    vector = B.ndim == 1 or B.shape == A.shape[:-1]
    if vector:
        B = B.unsqueeze(-1)
    if B.shape[-2] != A.shape[-1]:
        raise RuntimeError(f"linalg.solve: Incompatible shapes of A and B for the equation AX = B ({A.shape[-2]}x{A.shape[-1]} and {B.shape[-2]}x{B.shape[-1]})")
    batch = torch.broadcast_shapes(A.shape[:-2], B.shape[:-2])
    X = _solved(torch.cat([x.expand(batch + x.shape[-2:]) for x in (A, B)], -1), A.shape[-1])
    return X.squeeze(-1) if vector else X


@_each
def _solved(both, n):
    U, sign, k = _eliminated(both)
    if sign == 0:
        raise LinAlgError("torch.linalg.solve: The solver failed because the input matrix is singular.")
    rest = U[:, n:]
    rows = []
    for k in range(n - 1, -1, -1):
        row = rest[k] / U[k, k]
        rows.insert(0, row)
        rest = rest - U[:, k : k + 1] * row
    return torch.stack(rows) if rows else both[:, n:]


@_each
def inv(A):
    _square(A, "inv")
    U, sign, k = _eliminated(A.detach())
    if sign == 0:
        raise LinAlgError(
            f"linalg.inv: The diagonal element {k + 1} is zero, the inversion could not be completed because the input "
            "matrix is singular."
        )
    return solve(A, torch.eye(A.shape[0], dtype=A.dtype, device=A.device))


@_each
def det(A):
    _square(A, "det")
    # A matrix and its transpose have one determinant; this is the one that LAPACK reads in order.
    U, sign, _ = _eliminated(A.mT if A.is_contiguous() else A)
    d = U.diagonal().prod()
    return -d if sign < 0 else d * abs(sign)


def slogdet(A):
    d = det(A)
    return torch._return("linalg_slogdet", ("sign", "logabsdet"), [torch.sign(d), torch.log(torch.abs(d))])


def cholesky(A, *, upper=False):
    _square(A, "cholesky")
    L = _root(A)
    return L.mT if upper else L


@_each
def _root(A):
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
    _square(A, "matrix_power")
    if n < 0:
        return matrix_power(inv(A), -n)
    result = torch.eye(A.shape[-1], dtype=A.dtype, device=A.device).expand(A.shape)
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
    if input.shape[dim] != 3 or other.shape[dim] != 3:
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {input.shape[dim]} and {other.shape[dim]}"
        )
    i, j = torch.tensor([1, 2, 0], device=input.device), torch.tensor([2, 0, 1], device=input.device)
    return input.index_select(dim, i) * other.index_select(dim, j) - input.index_select(dim, j) * other.index_select(dim, i)


@_each
def _whole(U):
    """Orthonormal columns, and as many more as there is room for."""
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
            return torch._return(f"linalg_{name}", kind, [torch.as_tensor(x, dtype=A.dtype, device=A.device) for x in found])
        return torch.as_tensor(found, device=A.device)

    return compute


eigh = _by_numpy("eigh", "eigenvalues", "eigenvectors")
eigvalsh = _by_numpy("eigvalsh")
_qr = _by_numpy("qr", "Q", "R")
_rank = _by_numpy("matrix_rank")
_pinv = _by_numpy("pinv")
cond = _by_numpy("cond")


def qr(A, mode="reduced"):
    if mode == "r":
        return torch._return("linalg_qr", ("Q", "R"), [A.new_empty(0), _qr(A)[1]])
    return _qr(A, mode)


def matrix_rank(A, *, atol=None, rtol=None, hermitian=False):
    if atol is not None or rtol is not None:
        s = svdvals(A)
        low = (0.0 if rtol is None else rtol) * s.amax(-1, keepdim=True)
        return (s > torch.clamp(low, min=atol or 0.0)).sum(-1)
    return _rank(A)


def lstsq(A, B, rcond=None, *, driver=None):
    batch = torch.broadcast_shapes(A.shape[:-2], B.shape[:-2] if B.ndim > 1 else ())
    if batch:
        pairs = [x.expand(batch + x.shape[-2:]).reshape(-1, *x.shape[-2:]) for x in (A, B)]
        X = torch.stack([lstsq(a, b).solution for a, b in zip(*pairs)])
        X = X.reshape(batch + X.shape[1:])
    else:
        X = torch.from_numpy(np.linalg.lstsq(A.cpu().numpy(), B.cpu().numpy())[0]).to(A.device)
    none, far = A.new_empty(0), B - A @ X
    residuals = (far * far).sum(-2) if A.shape[-2] > A.shape[-1] and B.ndim > 1 else none
    s = svdvals(A) if driver in ("gelsd", "gelss") else none
    return torch._return(
        "linalg_lstsq", ("solution", "residuals", "rank", "singular_values"), [X, residuals, matrix_rank(A), s]
    )


def vecdot(x, y, *, dim=-1):
    return (x * y).sum(dim)


def solve_triangular(A, B, *, upper, left=True, unitriangular=False):
    if unitriangular:
        A = A - torch.diag_embed(A.diagonal(dim1=-2, dim2=-1)) + torch.eye(A.shape[-1], dtype=A.dtype, device=A.device)
    return solve(A.triu() if upper else A.tril(), B, left=left)


def pinv(A, *, atol=None, rtol=None, hermitian=False):
    return _pinv(A, rtol=max(A.shape[-2:]) * torch.finfo(A.dtype).eps if rtol is None else rtol)
