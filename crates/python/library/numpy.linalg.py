"""Linear algebra for matrices of a tutorial's size."""

import math
from collections import namedtuple

import numpy as np
import torch


class LinAlgError(ValueError):
    __module__ = "numpy.linalg"


def _float(a):
    a = np.asarray(a)
    return a if a.dtype == np.float32 else a.astype(float)


def _each(function):
    """The function of every matrix of a batch."""

    def apply(a, *rest, **options):
        a = _float(a)
        if a.ndim < 3:
            return function(a, *rest, **options)
        found = [function(x, *rest, **options) for x in a.reshape(-1, *a.shape[-2:])]
        batch = a.shape[:-2]

        def stacked(parts):
            return np.stack(parts).reshape(batch + np.shape(parts[0]))

        return type(found[0])(*map(stacked, zip(*found))) if isinstance(found[0], tuple) else stacked(found)

    return apply


SlogdetResult = namedtuple("SlogdetResult", "sign logabsdet")
EighResult = namedtuple("EighResult", "eigenvalues eigenvectors")
EigResult = namedtuple("EigResult", "eigenvalues eigenvectors")
QRResult = namedtuple("QRResult", "Q R")
SVDResult = namedtuple("SVDResult", "U S Vh")


def _square(a):
    a = _float(a)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[-1] != a.shape[-2]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    return torch.from_numpy(a)


def _regular(function, *arguments):
    try:
        return function(*arguments).numpy()[()]
    except torch.linalg.LinAlgError:
        raise LinAlgError("Singular matrix") from None


def solve(a, b):
    return _regular(torch.linalg.solve, _square(a), torch.from_numpy(_float(b)))


def inv(a):
    return _regular(torch.linalg.inv, _square(a))


@_each
def slogdet(a):
    a = _square(a)
    U, sign, _ = torch.linalg._eliminated(a)
    d = np.diag(U.numpy())
    if sign == 0:
        return SlogdetResult(np.float64(0.0), np.float64(-np.inf))
    total = 0.0
    for x in d:
        total += math.log(abs(x))
    return SlogdetResult(np.prod(np.sign(d)) * sign, np.float64(total))


def det(a):
    sign, total = slogdet(a)
    return sign * np.exp(total)


def cholesky(a):
    try:
        return torch.linalg.cholesky(_square(a)).numpy()
    except torch.linalg.LinAlgError:
        raise LinAlgError("Matrix is not positive definite") from None


def matrix_power(a, n):
    if n < 0:
        return matrix_power(inv(a), -n)
    a = np.asarray(a)
    result = np.eye(a.shape[-1], dtype=a.dtype) + np.zeros_like(a)
    for bit in bin(n)[2:]:
        result = result @ result
        if bit == "1":
            result = result @ a
    return result


def multi_dot(arrays):
    result = arrays[0]
    for a in arrays[1:]:
        result = np.dot(result, a)
    return result


def norm(x, ord=None, axis=None, keepdims=False):
    x = _float(x)
    if ord is None or (ord == 2 and (x.ndim == 1 or isinstance(axis, int))) or (ord == "fro" and x.ndim == 2):
        # The square root of a sum of squares, as dot computes it.
        if axis is None and not keepdims:
            x = x.ravel()
            return np.sqrt(np.dot(x, x))
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
    if axis is None and x.ndim == 2 or isinstance(axis, tuple):
        if ord in (1, -1, np.inf, -np.inf):
            sums = np.sum(np.abs(x), axis=0 if abs(ord) == 1 else 1)
            return np.max(sums) if ord > 0 else np.min(sums)
        s = svdvals(x)
        if ord in (2, -2, "nuc"):
            return s[0] if ord == 2 else s[-1] if ord == -2 else np.sum(s)
        raise ValueError("Invalid norm order for matrices.")
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    x = np.abs(x)
    if abs(ord) == math.inf:
        return (np.max if ord > 0 else np.min)(x, axis=axis, keepdims=keepdims)
    if ord == 0:
        return np.sum((x != 0).astype(float), axis=axis, keepdims=keepdims)
    if ord == 1:
        return np.sum(x, axis=axis, keepdims=keepdims)
    return np.sum(x**ord, axis=axis, keepdims=keepdims) ** (1 / ord)


@_each
def qr(a, mode="reduced"):
    # By Householder's reflections, with the signs of LAPACK.
    r = _float(a).copy()
    m, n = r.shape
    q = np.eye(m, dtype=r.dtype)
    for k in range(min(m - 1, n)):
        v = r[k:, k].copy()
        size = norm(v)
        if size == norm(v[:1]):
            continue
        v[0] += size if v[0] >= 0 else -size
        v = v * (math.sqrt(2) / norm(v))
        r[k:] = r[k:] - np.outer(v, v @ r[k:])
        q[:, k:] = q[:, k:] - np.outer(q[:, k:] @ v, v)
    k = m if mode == "complete" else min(m, n)
    return np.triu(r[:k]) if mode == "r" else QRResult(q[:, :k], np.triu(r[:k]))


@_each
def eigh(a, UPLO="L"):
    # By Jacobi's rotations.
    a = _square(a).numpy()
    n = len(a)
    a = np.tril(a) + np.tril(a, -1).T
    v = np.eye(n, dtype=a.dtype)
    total = norm(a)
    for _ in range(60):
        if norm(a - np.diag(np.diag(a))) <= 1e-17 * total:
            break
        for p in range(n - 1):
            for q in range(p + 1, n):
                if a[p, q] == 0:
                    continue
                theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
                t = (1 if theta >= 0 else -1) / (abs(theta) + math.sqrt(theta * theta + 1))
                c = 1 / math.sqrt(t * t + 1)
                turn = np.array([[c, t * c], [-t * c, c]], a.dtype)
                a[:, [p, q]] = a[:, [p, q]] @ turn
                a[[p, q]] = turn.T @ a[[p, q]]
                v[:, [p, q]] = v[:, [p, q]] @ turn
    order = np.argsort(np.diag(a))
    v = v[:, order]
    return EighResult(np.diag(a)[order], v * np.where(v[-1] < 0, -1, 1).astype(v.dtype))


def eigvalsh(a, UPLO="L"):
    return eigh(a, UPLO)[0]


@_each
def eig(a):
    # By the QR algorithm, with shifts from the corner.
    a = _square(a).numpy()
    n = len(a)
    if np.array_equal(a, a.T) and not np.array_equal(a, np.diag(np.diag(a))):
        return EigResult(*eigh(a))
    if np.array_equal(a, np.diag(np.diag(a))):
        return EigResult(np.diag(a), np.eye(n, dtype=a.dtype))
    h, eye = a.copy(), np.eye(n, dtype=a.dtype)
    end = n - 1
    for step in range(100 * n):
        while end > 0 and norm(h[end, :end]) < 1e-15 * norm(h):
            end -= 1
        if end <= 0:
            break
        b = h[: end + 1, : end + 1]
        half = (b[-2, -2] - b[-1, -1]) / 2
        root = half * half + b[-2, -1] * b[-1, -2]
        if root < 0 and step > 20 * n:
            raise LinAlgError("an eigenvalue is complex, and complex numbers are not supported here")
        shift = b[-1, -1]
        if root >= 0:
            shift = shift + half - math.copysign(math.sqrt(root), half)
        q, r = qr(b - shift * eye[: end + 1, : end + 1])
        h[: end + 1, : end + 1] = r @ q + shift * eye[: end + 1, : end + 1]
    values = np.diag(h).copy()
    vectors = []
    for value in values:
        v = np.arange(1.0, n + 1)
        shifted = a - (value + 1e-10 * (1 + abs(value))) * eye
        for _ in range(3):
            v = solve(shifted, v)
            v = v / norm(v)
        v = np.where(np.abs(v) < 1e-15, 0.0, v)
        vectors.append(v * (1 if v[np.argmax(np.abs(v))] > 0 else -1))
    return EigResult(values, np.stack(vectors, axis=1))


def eigvals(a):
    return eig(a)[0]


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    u, s, vh = torch.linalg.svd(torch.from_numpy(_float(a)), full_matrices and compute_uv)
    return SVDResult(u.numpy(), s.numpy(), vh.numpy()) if compute_uv else s.numpy()


def svdvals(x):
    return svd(x, compute_uv=False)


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    A = _float(A)
    if A.ndim < 2:
        return int(np.any(A != 0))
    s = svdvals(A)
    if tol is None:
        tol = np.max(s, axis=-1, keepdims=True) * (max(A.shape[-2:]) * np.finfo(A.dtype).eps if rtol is None else rtol)
    return np.sum(s > tol, axis=-1)


def cond(x, p=None):
    if p is None or p in (2, -2):
        s = svdvals(x)
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    return _condition(x, p)


@_each
def _condition(x, p):
    return norm(x, p) * norm(inv(x), p)


@_each
def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    u, s, vt = svd(a, full_matrices=False)
    small = s <= (rcond if rcond is not None else 1e-15 if rtol is None else rtol) * s[0]
    return vt.T @ (np.where(small, 0.0, 1 / np.where(small, 1, s))[:, None] * u.T)


def outer(x1, x2, /):
    return np.outer(x1, x2)


def cross(x1, x2, /, *, axis=-1):
    return np.cross(x1, x2, axis=axis)


def diagonal(x, /, *, offset=0):
    return np.diagonal(x, offset, -2, -1)


def trace(x, /, *, offset=0):
    return np.trace(x, offset, -2, -1)


def matmul(x1, x2, /):
    return np.matmul(x1, x2)


def matrix_transpose(x, /):
    return np.swapaxes(x, -1, -2)


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    return norm(np.ravel(x) if axis is None and not keepdims else x, ord, axis, keepdims)


def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    return norm(x, ord, (-2, -1), keepdims)


def lstsq(a, b, rcond=None):
    a, b = _float(a), _float(b)
    s = svdvals(a)
    rank = int(np.sum(s > s[0] * max(a.shape) * np.finfo(float).eps))
    if rank == a.shape[1] <= a.shape[0]:
        q, r = qr(a)
        x = q.T @ b
        for k in range(rank - 1, -1, -1):
            x[k] = (x[k] - r[k, k + 1 :] @ x[k + 1 :]) / r[k, k]
        rest = b - a @ x
        full = a.shape[0] > rank
        return x, np.atleast_1d(np.sum(rest * rest, axis=0)) if full else np.array([]), rank, s
    return pinv(a) @ b, np.array([]), rank, s
