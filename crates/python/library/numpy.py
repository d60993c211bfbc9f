"""What `numpy` has beside its tables. What PyTorch has as well is computed by it, in the array's own memory."""

import math as _math
from contextlib import contextmanager as _contextmanager

import numpy as np
import torch
from numpy._npyio import save, savez, load, fromfile, loadtxt, genfromtxt, savetxt


def _tensor(a):
    return torch.from_numpy(np.asarray(a))


def _float(a):
    a = np.asarray(a)
    return torch.from_numpy(a if a.dtype in (np.float32, np.float64) else a.astype(float))


def _array(t):
    return t.numpy()[()]


def _axis(a, axis):
    """A tensor, and the dimension to go along: the only one where none is named."""
    t = _tensor(a)
    if axis is None:
        return t.reshape(-1), 0
    if not -t.ndim <= axis < t.ndim:
        raise np.AxisError(f"axis {axis} is out of bounds for array of dimension {t.ndim}")
    return t, axis


def _along(function):
    def apply(a, axis=None, dtype=None, out=None):
        result = _array(function(*_axis(np.asarray(a, dtype), axis)))
        if out is not None:
            out[...] = result
        return result if out is None else out

    return apply


cumsum = _along(torch.cumsum)
cumprod = _along(torch.cumprod)


def sort(a, axis=-1, kind=None):
    t, axis = _axis(a, axis)
    return torch.sort(t, dim=axis, stable=True)[0].numpy()


def argsort(a, axis=-1, kind=None):
    t, axis = _axis(a, axis)
    return torch.argsort(t, dim=axis, stable=True).numpy()


def lexsort(keys):
    order = np.arange(len(keys[0]))
    for key in keys:
        order = order[argsort(np.asarray(key)[order])]
    return order


def partition(a, kth, axis=-1):
    return sort(a, axis)


def argpartition(a, kth, axis=-1):
    return argsort(a, axis)


def prod(a, axis=None, dtype=None, keepdims=False):
    t = _tensor(a if dtype is None else np.asarray(a, dtype))
    dims = range(t.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    for dim in sorted(dim % t.ndim for dim in dims)[::-1]:
        t = torch.prod(t, dim, keepdim=keepdims)
    return _array(t)


amax = np.max
amin = np.min
row_stack = np.vstack
concat = np.concatenate
permute_dims = np.transpose


def ptp(a, axis=None):
    return np.max(a, axis=axis) - np.min(a, axis=axis)


def diff(a, n=1, axis=-1):
    return torch.diff(_tensor(a), n, axis).numpy()


def quantile(a, q, axis=None, keepdims=False):
    t, dim = _axis(a, axis)
    t = torch.sort(_float(t), dim)[0]
    n = t.shape[dim]
    q = np.asarray(q)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Quantiles must be in the range [0, 1]")

    def at(q):
        place = q * (n - 1)
        low = int(place)
        a, b, part = t.select(dim, low), t.select(dim, min(low + 1, n - 1)), place - low
        # As NumPy interpolates: from the nearer end.
        value = (b - (b - a) * (1 - part) if part >= 0.5 else a + (b - a) * part).numpy()
        return np.expand_dims(value, dim) if keepdims and axis is not None else value

    return at(float(q))[()] if q.ndim == 0 else np.stack([at(float(x)) for x in q])


def percentile(a, q, axis=None, keepdims=False):
    return quantile(a, np.asarray(q) / 100, axis, keepdims)


def median(a, axis=None, keepdims=False):
    if np.asarray(a).size == 0:
        return np.float64(np.nan)
    return quantile(a, 0.5, axis, keepdims)


def average(a, axis=None, weights=None):
    a = np.asarray(a)
    if weights is None:
        return np.mean(a, axis=axis)
    weights = np.asarray(weights, float)
    total = np.sum(weights, axis=axis if weights.ndim == a.ndim else None)
    if np.any(total == 0):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    if weights.ndim != a.ndim and axis is not None:
        weights = weights.reshape([-1 if i == axis % a.ndim else 1 for i in range(a.ndim)])
    return np.sum(a * weights, axis=axis) / total


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    m = np.atleast_2d(np.asarray(m, float))
    if not rowvar and m.shape[0] != 1:
        m = m.T
    if y is not None:
        m = np.vstack([m, np.atleast_2d(y)])
    m = m - np.mean(m, axis=1, keepdims=True)
    return squeeze(m @ m.T / (m.shape[1] - (ddof if ddof is not None else 0 if bias else 1)))[()]


def corrcoef(x, y=None, rowvar=True):
    c = np.atleast_2d(cov(x, y, rowvar))
    d = np.sqrt(np.diag(c))
    return squeeze(np.clip(c / d[:, None] / d[None, :], -1, 1))[()]


def histogram_bin_edges(a, bins=10, range=None):
    if not isinstance(bins, int):
        return np.asarray(bins)
    a = np.asarray(a)
    low, high = range if range is not None else (float(np.min(a)), float(np.max(a))) if a.size else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, bins + 1)


def histogram(a, bins=10, range=None, density=None, weights=None):
    edges = histogram_bin_edges(a, bins, range)
    a = np.ravel(np.asarray(a))
    inside = (a >= edges[0]) & (a <= edges[-1])
    place = np.minimum(searchsorted(edges, a[inside], "right"), len(edges) - 1) - 1
    counts = bincount(place, None if weights is None else np.ravel(weights)[inside], len(edges) - 1)
    if density:
        counts = counts / diff(edges) / np.sum(counts)
    return counts, edges


def bincount(x, weights=None, minlength=0):
    weights = None if weights is None else torch.from_numpy(np.asarray(weights, float))
    return torch.bincount(_tensor(np.asarray(x, int)), weights, minlength).numpy()


def searchsorted(a, v, side="left"):
    t, v = _tensor(a), _tensor(v)
    if t.dtype != v.dtype:
        t, v = t.double(), v.double()
    return _array(torch.bucketize(v, t, right=side == "right"))


def digitize(x, bins, right=False):
    return searchsorted(bins, x, "left" if right else "right")


def interp(x, xp, fp):
    x, xp, fp = np.asarray(x, float), np.asarray(xp, float), np.asarray(fp, float)
    low = np.clip(searchsorted(xp, x, "right") - 1, 0, len(xp) - 2)
    y = (fp[low + 1] - fp[low]) / (xp[low + 1] - xp[low]) * (x - xp[low]) + fp[low]
    return np.where(x <= xp[0], fp[0], np.where(x >= xp[-1], fp[-1], y))[()]


def tile(A, reps):
    return torch.tile(_tensor(A), (reps,) if isinstance(reps, int) else tuple(reps)).numpy()


def repeat(a, repeats, axis=None):
    t, axis = _axis(a, axis)
    counts = _tensor(repeats).reshape(-1).expand(t.shape[axis])
    return t.index_select(axis, torch.bucketize(torch.arange(counts.sum().item()), counts.cumsum(0), right=True)).numpy()


def flip(m, axis=None):
    t = _tensor(m)
    return torch.flip(t, tuple(range(t.ndim)) if axis is None else (axis,) if isinstance(axis, int) else axis).numpy()


def fliplr(m):
    return np.asarray(m)[:, ::-1]


def flipud(m):
    return np.asarray(m)[::-1]


def roll(a, shift, axis=None):
    return torch.roll(_tensor(a), shift, axis).numpy()


def rot90(m, k=1, axes=(0, 1)):
    return torch.rot90(_tensor(m), k, axes).numpy()


def append(arr, values, axis=None):
    if axis is None:
        arr, values = np.ravel(np.asarray(arr)), np.ravel(np.asarray(values))
    return np.concatenate([arr, values], axis=axis or 0)


def _without(a, axis):
    a = np.asarray(a)
    return (np.ravel(a), 0) if axis is None else (a, axis % a.ndim)


def insert(arr, obj, values, axis=None):
    a, axis = _without(arr, axis)
    place = obj + a.shape[axis] if obj < 0 else obj
    before, after = _tensor(a).tensor_split([place], axis)
    shape = list(a.shape)
    values = np.asarray(values)
    shape[axis] = values.shape[axis] if values.ndim == a.ndim else 1
    values = broadcast_to(np.asarray(values, a.dtype), shape)
    return np.concatenate([before.numpy(), values, after.numpy()], axis=axis)


def delete(arr, obj, axis=None):
    a, axis = _without(arr, axis)
    keep = np.ones(a.shape[axis], bool)
    keep[obj] = False
    return a[(slice(None),) * axis + (keep,)]


def dstack(tup):
    return torch.dstack([_tensor(a) for a in tup]).numpy()


def column_stack(tup):
    return np.concatenate([a if np.ndim(a) > 1 else np.reshape(a, (-1, 1)) for a in map(np.asarray, tup)], axis=1)


def swapaxes(a, axis1, axis2):
    return _tensor(a).transpose(axis1, axis2).numpy()


def moveaxis(a, source, destination):
    return _tensor(a).movedim(source, destination).numpy()


def squeeze(a, axis=None):
    return np.asarray(a).squeeze() if axis is None else np.asarray(a).squeeze(axis)


def atleast_1d(*arys):
    arrays = [a.reshape(1) if a.ndim == 0 else a for a in map(np.asarray, arys)]
    return arrays[0] if len(arrays) == 1 else tuple(arrays)


def atleast_2d(*arys):
    arrays = [a if a.ndim > 1 else a.reshape(1, -1) for a in map(np.asarray, arys)]
    return arrays[0] if len(arrays) == 1 else tuple(arrays)


def atleast_3d(a):
    a = atleast_1d(a)
    return a[None, :, None] if a.ndim == 1 else a[:, :, None] if a.ndim == 2 else a


def diagflat(v, k=0):
    return np.diag(np.ravel(v), k)


def ravel(a, order="C"):
    return np.asarray(a).ravel(order)


def ndim(a):
    return np.asarray(a).ndim


def size(a, axis=None):
    return np.asarray(a).size if axis is None else np.asarray(a).shape[axis]


def diag(v, k=0):
    return torch.diag(_tensor(v), k).numpy()


def diagonal(a, offset=0):
    return torch.diagonal(_tensor(a), offset).numpy()


def trace(a, offset=0):
    return np.sum(diagonal(a, offset))


def tri(N, M=None, k=0):
    return tril(np.ones((N, N if M is None else M)), k)


def triu(m, k=0):
    return torch.triu(_tensor(m), k).numpy()


def tril(m, k=0):
    return torch.tril(_tensor(m), k).numpy()


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k))


def triu_indices(n, k=0, m=None):
    return nonzero(1 - tri(n, m, k - 1))


def diag_indices(n, ndim=2):
    return (np.arange(n),) * ndim


def fill_diagonal(a, val):
    places = np.arange(min(a.shape))
    a[places, places] = val


def array_split(ary, indices_or_sections, axis=0):
    parts = indices_or_sections if isinstance(indices_or_sections, int) else tuple(indices_or_sections)
    return [part.numpy() for part in _tensor(ary).tensor_split(parts, axis)]


def split(ary, indices_or_sections, axis=0):
    if isinstance(indices_or_sections, int) and np.shape(ary)[axis] % indices_or_sections:
        raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 1 if np.ndim(ary) > 1 else 0)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def take(a, indices, axis=None):
    a, axis = _without(a, axis)
    return a[(slice(None),) * axis + (np.asarray(indices),)]


def take_along_axis(arr, indices, axis):
    return torch.take_along_dim(_tensor(arr), _tensor(indices), axis).numpy()


def nonzero(a):
    return tuple(part.numpy() for part in torch.nonzero(_tensor(a), as_tuple=True))


def argwhere(a):
    return torch.nonzero(_tensor(a)).numpy()


def flatnonzero(a):
    return nonzero(np.ravel(a))[0]


def count_nonzero(a, axis=None):
    return np.sum(np.asarray(a) != 0, axis=axis)


def select(condlist, choicelist, default=0):
    result = default
    for condition, choice in zip(condlist[::-1], choicelist[::-1]):
        result = np.where(condition, choice, result)
    return result


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = np.asarray(a), np.asarray(b)
    near = (np.abs(a - b) <= atol + rtol * np.abs(b)) & np.isfinite(b) | (a == b)
    return near | np.isnan(a) & np.isnan(b) if equal_nan else near


def _skipping(function, filler):
    def skip(a, axis=None):
        a = np.asarray(a)
        return function(np.where(np.isnan(a), filler, a), axis=axis)

    return skip


nansum = _skipping(np.sum, 0.0)
nanmax = _skipping(np.max, -np.inf)
nanmin = _skipping(np.min, np.inf)
nanargmax = _skipping(np.argmax, -np.inf)
nanargmin = _skipping(np.argmin, np.inf)


def nanmean(a, axis=None):
    return nansum(a, axis) / np.sum(~np.isnan(a), axis=axis)


def nanvar(a, axis=None):
    a = np.asarray(a)
    mean = nanmean(a, axis)
    return nanmean(np.square(a - (mean if axis is None else np.expand_dims(mean, axis))), axis)


def nanstd(a, axis=None):
    return np.sqrt(nanvar(a, axis))


def nanmedian(a):
    a = np.asarray(a)
    return median(a[~np.isnan(a)])


def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    return _array(torch.nan_to_num(_tensor(x), nan, posinf, neginf))


def isin(element, test_elements, invert=False):
    found = torch.isin(_tensor(element), _tensor(test_elements)).numpy()
    return ~found if invert else found


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    t = _tensor(ar)
    values, inverse, counts = torch.unique(t, return_inverse=True, return_counts=True, dim=axis)
    found = [values.numpy()]
    if return_index:
        order = argsort(inverse.numpy(), None)
        found.append(order[searchsorted(inverse.numpy().ravel()[order], np.arange(len(values)))])
    if return_inverse:
        found.append(inverse.numpy())
    if return_counts:
        found.append(counts.numpy())
    return tuple(found) if len(found) > 1 else found[0]


def union1d(ar1, ar2):
    return unique(append(ar1, ar2))


def intersect1d(ar1, ar2):
    found = unique(ar1)
    return found[isin(found, ar2)]


def setdiff1d(ar1, ar2):
    found = unique(ar1)
    return found[~isin(found, ar2)]


def einsum(subscripts, *operands, optimize=False):
    arrays = [np.asarray(a) for a in operands]
    if any(a.dtype == float for a in arrays):
        arrays = [a.astype(float) for a in arrays]
    return _array(torch.einsum(subscripts, *map(torch.from_numpy, arrays)))


def tensordot(a, b, axes=2):
    return _array(torch.tensordot(_float(a), _float(b), axes if isinstance(axes, int) else [
        [x] if isinstance(x, int) else list(x) for x in axes
    ]))


def vdot(a, b):
    return np.dot(np.ravel(a), np.ravel(b))


def cross(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape[-1] != 3 or b.shape[-1] != 3:
        raise ValueError("Both input arrays must be (arrays of) 3-dimensional vectors")
    i, j = [1, 2, 0], [2, 0, 1]
    return a[..., i] * b[..., j] - a[..., j] * b[..., i]


def kron(a, b):
    return torch.kron(_tensor(a), _tensor(b)).numpy()


def polyfit(x, y, deg):
    x = np.asarray(x, float)
    A = np.stack([x**k for k in range(deg, -1, -1)], axis=1)
    scale = np.sqrt(np.sum(A * A, axis=0))
    solved = np.linalg.lstsq(A / scale, np.asarray(y, float))[0]
    return (solved.T / scale).T


def polyval(p, x):
    y = np.zeros_like(x)
    for c in p.coeffs if isinstance(p, poly1d) else np.asarray(p):
        y = y * x + c
    return y[()]


def roots(p):
    p = np.trim_zeros(np.asarray(p, float), "f")
    zeros = len(p) - len(np.trim_zeros(p, "b"))
    p = p[: len(p) - zeros]
    n = len(p) - 1
    if n < 1:
        return np.zeros(zeros)
    A = np.eye(n, k=-1)
    A[0] = -p[1:] / p[0]
    return np.concatenate([np.linalg.eigvals(A), np.zeros(zeros)])


def trim_zeros(filt, trim="fb"):
    kept = flatnonzero(filt)
    if not len(kept):
        return filt[:0]
    return filt[kept[0] if "f" in trim else 0 : kept[-1] + 1 if "b" in trim else len(filt)]


def polyder(p):
    p = np.asarray(p)
    return p[:-1] * np.arange(len(p) - 1, 0, -1)


def polyint(p):
    p = np.asarray(p)
    return np.append(p / np.arange(len(p), 0, -1), 0.0)


def polymul(a1, a2):
    return convolve(a1, a2)


def polyadd(a1, a2):
    return (poly1d(a1) + poly1d(a2)).coeffs


def vander(x, N=None, increasing=False):
    powers = range(len(x) if N is None else N)
    return np.stack([np.asarray(x) ** k for k in (powers if increasing else powers[::-1])], axis=1)


class poly1d:
    __module__ = "numpy"

    def __init__(self, c):
        c = np.atleast_1d(np.asarray(c))
        kept = flatnonzero(c)
        self.coeffs = self.c = c[kept[0] :] if len(kept) else c[:1] * 0
        self.order = len(self.coeffs) - 1

    def __call__(self, x):
        return polyval(self.coeffs, np.asarray(x))

    def __getitem__(self, power):
        return self.coeffs[self.order - power] if 0 <= power <= self.order else 0

    def __mul__(self, other):
        other = other if isinstance(other, poly1d) else poly1d(other)
        return poly1d(convolve(self.coeffs, other.coeffs))

    __rmul__ = __mul__

    def __add__(self, other):
        a, b = self.coeffs, (other if isinstance(other, poly1d) else poly1d(other)).coeffs
        n = max(len(a), len(b))
        return poly1d(np.concatenate([np.zeros(n - len(a), a.dtype), a]) + np.concatenate([np.zeros(n - len(b), b.dtype), b]))

    def deriv(self):
        return poly1d(self.coeffs[:-1] * np.arange(self.order, 0, -1))

    def __repr__(self):
        return f"poly1d({np.array2string(self.coeffs, separator=', ')})"


def trapezoid(y, x=None, dx=1.0):
    y = np.asarray(y)
    return np.sum((dx if x is None else diff(x)) * (y[..., 1:] + y[..., :-1]) / 2.0, axis=-1)


def gradient(f, *spacing, axis=None):
    f = np.asarray(f, float)
    if f.ndim > 1 and axis is None:
        return tuple(gradient(f, *spacing, axis=i) for i in range(f.ndim))
    f = swapaxes(f, axis or 0, -1)
    h = np.asarray(spacing[0], float) if spacing else np.float64(1.0)
    if h.ndim == 0:
        inner = (f[..., 2:] - f[..., :-2]) / (2.0 * h)
        h = np.full(f.shape[-1] - 1, float(h))
    else:
        h = diff(h)
        a, b = h[:-1], h[1:]
        inner = -b / (a * (a + b)) * f[..., :-2] + (b - a) / (a * b) * f[..., 1:-1] + a / (b * (a + b)) * f[..., 2:]
    first, last = (f[..., 1:2] - f[..., :1]) / h[0], (f[..., -1:] - f[..., -2:-1]) / h[-1]
    return swapaxes(np.concatenate([first, inner, last], axis=-1), axis or 0, -1)


def convolve(a, v, mode="full"):
    a, v = np.asarray(a), np.asarray(v)
    if len(v) > len(a):
        a, v = v, a
    out = np.zeros(len(a) + len(v) - 1, (a[:1] * v[:1]).dtype)
    for i, x in enumerate(v):
        out[i : i + len(a)] += x * a
    cut = {"full": 0, "same": (len(v) - 1) // 2, "valid": len(v) - 1}[mode]
    return out[cut : cut + {"full": len(out), "same": len(a), "valid": len(a) - len(v) + 1}[mode]]


def correlate(a, v, mode="valid"):
    return convolve(a, np.asarray(v)[::-1], mode)


class vectorize:
    __module__ = "numpy"

    def __init__(self, pyfunc, otypes=None):
        self.pyfunc = pyfunc
        self.otypes = otypes

    def __call__(self, *args):
        arrays = broadcast_arrays(*args)
        results = [self.pyfunc(*given) for given in zip(*[np.ravel(a) for a in arrays])]
        return np.array(results, *(self.otypes or [])[:1]).reshape(arrays[0].shape)[()]


def apply_along_axis(func1d, axis, arr, *args):
    rows = moveaxis(np.asarray(arr), axis, -1)
    results = np.array([func1d(row, *args) for row in rows.reshape(-1, rows.shape[-1])])
    results = results.reshape(rows.shape[:-1] + results.shape[1:])
    return moveaxis(results, -1, axis) if results.ndim == rows.ndim else results


def fromiter(iter, dtype, count=-1):
    return np.array(list(iter), dtype)


def fromfunction(function, shape, dtype=float):
    return function(*indices(shape, dtype=dtype))


def logspace(start, stop, num=50, endpoint=True, base=10.0):
    return np.power(base, np.linspace(start, stop, num, endpoint=endpoint))


def geomspace(start, stop, num=50, endpoint=True):
    out = logspace(_math.log10(start), _math.log10(stop), num, endpoint)
    if num:
        out[0] = start
    if num > 1 and endpoint:
        out[-1] = stop
    return out


def indices(dimensions, dtype=int):
    return np.stack(meshgrid(*[np.arange(n, dtype=dtype) for n in dimensions], indexing="ij"))


def meshgrid(*xi, indexing="xy", sparse=False):
    if sparse:
        grid = ix_(*xi)
        return tuple(swapaxes(a, 0, 1) for a in grid[::-1])[::-1] if indexing == "xy" else grid
    grid = torch.meshgrid(*[_tensor(x).reshape(-1) for x in xi], indexing=indexing)
    return tuple(part.numpy().copy() for part in grid)


def ix_(*args):
    arrays = [flatnonzero(a) if a.dtype == bool else a for a in map(np.asarray, args)]
    return tuple(a.reshape([-1 if i == j else 1 for j in range(len(args))]) for i, a in enumerate(arrays))


def _range(part):
    step = 1 if part.step is None else part.step
    return np.arange(part.start or 0, part.stop, step)


class _Grid:
    def __init__(self, sparse):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return _range(key)
        axes = [_range(part) for part in key]
        return ix_(*axes) if self.sparse else np.stack(meshgrid(*axes, indexing="ij"))


mgrid = _Grid(False)
ogrid = _Grid(True)


class _Join:
    def __init__(self, columns):
        self.columns = columns

    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        parts = [_range(p) if isinstance(p, slice) else np.atleast_1d(np.asarray(p)) for p in parts]
        return column_stack(parts) if self.columns else np.concatenate(parts)


r_ = _Join(False)
c_ = _Join(True)


def ndenumerate(arr):
    arr = np.asarray(arr)
    return zip(ndindex(*arr.shape), np.ravel(arr))


def ndindex(*shape):
    places = [()]
    for n in shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape:
        places = [place + (i,) for place in places for i in range(n)]
    return iter(places)


def broadcast_shapes(*shapes):
    return tuple(torch.broadcast_shapes(*shapes))


def broadcast_to(array, shape):
    return torch.broadcast_to(_tensor(array), (shape,) if isinstance(shape, int) else tuple(shape)).numpy()


def broadcast_arrays(*args):
    shape = broadcast_shapes(*[np.shape(a) for a in args])
    return tuple(broadcast_to(a, shape) for a in args)


def resize(a, new_shape):
    a, n = np.ravel(a), _math.prod((new_shape,) if isinstance(new_shape, int) else new_shape)
    return tile(a, -(-n // len(a)))[:n].reshape(new_shape)


def copyto(dst, src):
    dst[...] = src


def isscalar(element):
    return isinstance(element, (int, float, str, np.float64, np.float32, np.int64, np.bool_))


def cbrt(x):
    x = np.asarray(x, float)
    y = np.sign(x) * np.abs(x) ** (1 / 3)
    # One step of Newton's makes exact roots exact.
    return (y - np.where(y == 0, 0.0, (y * y * y - x) / np.where(y == 0, 1.0, 3 * y * y)))[()]


def deg2rad(x):
    return np.asarray(x) * (np.pi / 180)


def rad2deg(x):
    return np.asarray(x) * (180 / np.pi)


radians = deg2rad
degrees = rad2deg


def _of_integers(function):
    return vectorize(lambda a, b: function(int(a), int(b)))


gcd = _of_integers(_math.gcd)
lcm = _of_integers(_math.lcm)


def heaviside(x1, x2):
    return np.where(np.asarray(x1) == 0, x2, np.where(np.asarray(x1) > 0, 1.0, 0.0))[()]


def copysign(x1, x2):
    return np.abs(x1) * np.where((np.asarray(x2) < 0) | (1 / np.asarray(x2, float) < 0), -1.0, 1.0)


def signbit(x):
    return np.asarray(x) < 0


def fmax(x1, x2):
    return np.where(np.isnan(x1), x2, np.where(np.isnan(x2), x1, np.maximum(x1, x2)))[()]


def fmin(x1, x2):
    return np.where(np.isnan(x1), x2, np.where(np.isnan(x2), x1, np.minimum(x1, x2)))[()]


def divmod(x1, x2):
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


def array_repr(arr):
    return repr(arr)


def array_str(a):
    return str(a)


def pad(array, pad_width, mode="constant", constant_values=0):
    a = np.asarray(array)
    if isinstance(pad_width, int):
        pad_width = [(pad_width, pad_width)] * a.ndim
    elif isinstance(pad_width[0], int):
        pad_width = [tuple(pad_width)] * a.ndim
    for axis, (before, after) in enumerate(pad_width):
        n = a.shape[axis]
        places = np.arange(-before, n + after)
        inside = np.clip(places, 0, n - 1)
        if mode == "wrap":
            inside = places % n
        elif mode in ("reflect", "symmetric"):
            period = max(2 * n - 2, 1) if mode == "reflect" else 2 * n
            inside = places % period
            inside = np.where(inside < n, inside, period - inside - (mode == "symmetric"))
        elif mode not in ("constant", "edge"):
            raise NotImplementedError(f"np.pad with mode '{mode}' is not supported here")
        a = take(a, inside, axis)
        if mode == "constant":
            a[(slice(None),) * axis + ((places < 0) | (places >= n),)] = constant_values
    return a


class finfo:
    def __init__(self, dtype):
        info = torch.finfo(torch.float32 if np.dtype(dtype) == np.float32 else torch.float64)
        kind = np.float32 if np.dtype(dtype) == np.float32 else np.float64
        self.eps, self.max, self.min, self.tiny = kind(info.eps), kind(info.max), kind(info.min), kind(info.tiny)
        self.bits, self.dtype, self.smallest_normal = info.bits, np.dtype(dtype), self.tiny


class iinfo:
    def __init__(self, dtype):
        self.max, self.min, self.bits = 2**63 - 1, -(2**63), 64


class generic:
    pass


class number(generic):
    pass


class integer(number):
    pass


class floating(number):
    pass


signedinteger = integer
inexact = floating


def issubdtype(arg1, arg2):
    kind = {"int64": integer, "float32": floating, "float64": floating}.get(str(np.dtype(arg1)), generic)
    return issubclass(kind, arg2) if isinstance(arg2, type) and issubclass(arg2, generic) else np.dtype(arg1) == np.dtype(arg2)


def result_type(*arrays_and_dtypes):
    kinds = [x.dtype if hasattr(x, "dtype") and hasattr(x, "ndim") else np.asarray(x).dtype if isinstance(x, (int, float, list)) else x for x in arrays_and_dtypes]
    total = np.zeros(1, kinds[0])
    for kind in kinds[1:]:
        total = total + np.zeros(1, kind)
    return total.dtype


@_contextmanager
def printoptions(**options):
    before = np.get_printoptions()
    np.set_printoptions(**options)
    try:
        yield np.get_printoptions()
    finally:
        np.set_printoptions(**before)


@_contextmanager
def errstate(**kwargs):
    yield


def seterr(**kwargs):
    return {}


def block(arrays):
    return np.vstack([np.hstack(row) for row in arrays]) if isinstance(arrays[0], list) else np.hstack(arrays)


def ediff1d(ary):
    return diff(np.ravel(ary))


def float_power(x1, x2):
    return np.power(np.asarray(x1, float), x2)


def setxor1d(ar1, ar2):
    a, b = unique(ar1), unique(ar2)
    return sort(append(a[~isin(a, b)], b[~isin(b, a)]))


def array_equiv(a1, a2):
    return np.all(np.asarray(a1) == np.asarray(a2)).item()


def unravel_index(indices, shape):
    places, found = np.asarray(indices), []
    for n in shape[::-1]:
        found.insert(0, (places % n)[()])
        places = places // n
    return tuple(found)


def ravel_multi_index(multi_index, dims):
    total = 0
    for index, n in zip(multi_index, dims):
        total = total * n + np.asarray(index)
    return total[()]


def extract(condition, arr):
    return np.asarray(arr)[np.asarray(condition)]


def compress(condition, a, axis=None):
    return take(a, flatnonzero(condition), axis)


def putmask(a, mask, values):
    copies = np.resize(values, np.shape(a))
    a[mask] = copies[mask]


def place(arr, mask, vals):
    arr[mask] = np.resize(vals, (np.sum(mask).item(),))


def put(a, ind, v):
    a.flat[ind] = v


def put_along_axis(arr, indices, values, axis):
    arr[...] = torch.scatter(_tensor(arr), axis, _tensor(indices), _tensor(broadcast_to(values, np.shape(indices)))).numpy()


def choose(a, choices):
    return take_along_axis(np.stack(broadcast_arrays(*choices)), np.asarray(a)[None], 0)[0]


def piecewise(x, condlist, funclist):
    x = np.asarray(x)
    y = np.zeros_like(x)
    rest = np.ones(x.shape, bool)
    for condition in condlist:
        rest = rest & ~np.asarray(condition)
    for condition, function in zip([*condlist, rest], funclist):
        y = np.where(condition, function(x) if callable(function) else function, y).astype(x.dtype)
    return y


def nanpercentile(a, q, axis=None):
    return nanquantile(a, np.asarray(q) / 100, axis)


def nanquantile(a, q, axis=None):
    def known(row):
        return quantile(row[~np.isnan(row)], q)

    a = np.asarray(a, float)
    return known(np.ravel(a)) if axis is None else apply_along_axis(known, axis, a)


def nancumsum(a, axis=None):
    return cumsum(np.where(np.isnan(a), 0.0, a), axis)


def nanprod(a, axis=None):
    return prod(np.where(np.isnan(a), 1.0, a), axis)


def histogram2d(x, y, bins=10, range=None):
    n, m = bins if isinstance(bins, (list, tuple)) else (bins, bins)
    xr, yr = range if range is not None else (None, None)
    a, b = histogram_bin_edges(x, n, xr), histogram_bin_edges(y, m, yr)
    counts = np.zeros((len(a) - 1, len(b) - 1))
    rows = np.minimum(searchsorted(a, x, "right"), len(a) - 1) - 1
    for i in np.arange(len(a) - 1):
        counts[i] = histogram(np.asarray(y)[rows == i], b)[0]
    return counts, a, b


def base_repr(number, base=2):
    digits, rest = "", abs(int(number))
    while rest:
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % base] + digits
        rest //= base
    return ("-" if number < 0 else "") + (digits or "0")


def binary_repr(num, width=None):
    num = num + (1 << width) if num < 0 and width else num
    return format(int(num), "b").zfill(width or 0)


def invert(x):
    return ~np.asarray(x)


def left_shift(x1, x2):
    return np.asarray(x1) * np.power(2, x2)


def right_shift(x1, x2):
    return np.asarray(x1) // np.power(2, x2)


def positive(x):
    return +np.asarray(x)


def isposinf(x):
    return np.isinf(x) & (np.asarray(x) > 0)


def isneginf(x):
    return np.isinf(x) & (np.asarray(x) < 0)


def unstack(x, axis=0):
    return tuple(moveaxis(np.asarray(x), axis, 0))


def blackman(M):
    n = np.arange(1 - M, M, 2)
    return 0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1))


def bartlett(M):
    n = np.arange(1 - M, M, 2)
    return np.where(n <= 0, 1 + n / (M - 1), 1 - n / (M - 1))


def polysub(a1, a2):
    return polyadd(a1, -np.asarray(a2))


class _Slices:
    def __getitem__(self, key):
        return key


s_ = index_exp = _Slices()


def hanning(M):
    return 0.5 + 0.5 * np.cos(np.pi * np.arange(1 - M, M, 2) / (M - 1))


def hamming(M):
    return 0.54 + 0.46 * np.cos(np.pi * np.arange(1 - M, M, 2) / (M - 1))


def modf(x):
    whole = np.trunc(x)
    return x - whole, whole


def asanyarray(a, dtype=None):
    return np.asarray(a, dtype)


ascontiguousarray = asfortranarray = asanyarray
bitwise_not = bitwise_invert = invert
acos, acosh, asin, asinh = np.arccos, np.arccosh, np.arcsin, np.arcsinh
atan, atan2, atanh, pow = np.arctan, np.arctan2, np.arctanh, np.power
bool = np.bool_
double = np.float64
single = np.float32
euler_gamma = 0.5772156649015329
True_, False_ = np.bool_(1), np.bool_(0)
