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


def lexsort(keys, axis=-1):
    keys = np.stack(keys)
    order = np.argsort(keys[0], axis)
    for key in keys[1:]:
        order = take_along_axis(order, argsort(take_along_axis(key, order, axis), axis), axis)
    return order


def partition(a, kth, axis=-1):
    return sort(a, axis)


def argpartition(a, kth, axis=-1):
    return argsort(a, axis)


def prod(a, axis=None, dtype=None, keepdims=False, initial=None, where=True):
    t = _tensor(np.where(where, np.asarray(a, dtype), np.asarray(1, dtype or np.asarray(a).dtype)))
    dims = range(t.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    for dim in sorted(dim % t.ndim for dim in dims)[::-1]:
        t = torch.prod(t, dim, keepdim=keepdims)
    return _array(t) if initial is None else _array(t) * initial


amax = np.max
amin = np.min
row_stack = np.vstack
concat = np.concatenate
permute_dims = np.transpose


def ptp(a, axis=None, out=None, keepdims=False):
    return _into(out, np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims))


def _into(out, result):
    if out is None:
        return result
    out[...] = result
    return out


def diff(a, n=1, axis=-1, prepend=None, append=None):
    parts = [np.asarray(p) for p in (prepend, a, append) if p is not None]
    if len(parts) > 1:
        shape = list(np.shape(a))
        shape[axis] = 1
        a = np.concatenate([broadcast_to(p, shape) if p.ndim == 0 else p for p in parts], axis=axis)
    return torch.diff(_tensor(a), n, axis).numpy()


def _known(a, axis, keepdims):
    """The axis that several are moved into, and the shape that a result has, if its axes are kept."""
    a = np.asarray(a)
    axes = range(a.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    axes = [i % a.ndim for i in axes]
    rest = [i for i in range(a.ndim) if i not in axes]
    kept = [1 if i in axes else n for i, n in enumerate(a.shape)]
    flat = np.transpose(a, rest + axes).reshape([a.shape[i] for i in rest] + [-1])
    return flat, kept if keepdims else [a.shape[i] for i in rest]


def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    if isinstance(axis, int):
        _axis(a, axis)
    a, shape = _known(a, axis, keepdims)
    t = torch.sort(_float(a) if method in ("linear", "midpoint") else _tensor(a), -1)[0]
    n = t.shape[-1]
    q = np.asarray(q)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Quantiles must be in the range [0, 1]")
    if weights is not None or method not in ("linear", "lower", "higher", "nearest", "midpoint"):
        raise NotImplementedError("weights= and methods besides linear, lower, higher, nearest and midpoint are not supported here")

    def at(q):
        place = q * (n - 1)
        low, high = int(place), min(int(place) + 1, n - 1)
        part = place - low
        if method != "linear":
            part = {"lower": 0, "higher": part > 0, "nearest": part > 0.5 or part == 0.5 and low % 2, "midpoint": 0.5 * (part > 0)}[method]
        a, b = t.select(-1, low), t.select(-1, high)
        # As NumPy interpolates: from the nearer end. What is no number is sorted to the end.
        value = (b if part == 1 else b - (b - a) * (1 - part)) if part >= 0.5 else a if part == 0 else a + (b - a) * part
        last = t.select(-1, n - 1)
        return (torch.where(torch.isnan(last), torch.nan, value) if last.is_floating_point() else value).reshape(shape).numpy()

    return _into(out, at(float(q))[()] if q.ndim == 0 else np.stack([at(float(x)) for x in np.ravel(q)]).reshape(q.shape + tuple(shape)))


def percentile(a, q, axis=None, *rest, **options):
    if not np.all((np.asarray(q) >= 0) & (np.asarray(q) <= 100)):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return quantile(a, np.asarray(q) / 100, axis, *rest, **options)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    if np.asarray(a).size == 0:
        return np.float64(np.nan)
    return quantile(a, 0.5, axis, out, keepdims=keepdims)


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    a = np.asarray(a)
    if weights is None:
        found = np.mean(a, axis=axis, keepdims=keepdims)
        return (found, np.full_like(found, a.size / np.size(found))[()]) if returned else found
    weights = np.asarray(weights, float)
    if weights.shape != a.shape:
        if axis is None:
            raise TypeError("Axis must be specified when shapes of a and weights differ.")
        axes = [i % a.ndim for i in ([axis] if isinstance(axis, int) else axis)]
        if weights.shape != tuple(a.shape[i] for i in axes):
            raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
        weights = weights.transpose(np.argsort(axes).tolist()).reshape([n if i in axes else 1 for i, n in enumerate(a.shape)])
    total = np.sum(broadcast_to(weights, a.shape), axis=axis, keepdims=keepdims)
    if np.any(total == 0):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    found = np.sum(a * weights, axis=axis, keepdims=keepdims) / total
    return (found, total) if returned else found


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None):
    m = np.atleast_2d(np.asarray(m, float))
    if not rowvar and m.shape[0] != 1:
        m = m.T
    if y is not None:
        y = np.atleast_2d(np.asarray(y, float))
        m = np.vstack([m, y if rowvar or y.shape[0] == 1 else y.T])
    ddof = ddof if ddof is not None else 0 if bias else 1
    w = np.ones(m.shape[1]) if fweights is None else np.asarray(fweights, float)
    counts = w
    if aweights is not None:
        w = w * np.asarray(aweights, float)
    if fweights is None and aweights is None:
        m = m - np.mean(m, axis=1, keepdims=True)
        total = m.shape[1] - ddof
    else:
        m = m - (np.sum(m * w, axis=1, keepdims=True) / np.sum(w))
        total = np.sum(w) - ddof * (1 if aweights is None else np.sum(w * aweights) / np.sum(w))
    return squeeze(m @ (m * w).T * np.true_divide(1, total))


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


def bincount(x, /, weights=None, minlength=0):
    if hasattr(x, "dtype") and x.dtype != int and x.size:
        raise TypeError(f"Cannot cast array data from dtype('{x.dtype}') to dtype('int64') according to the rule 'safe'")
    weights = None if weights is None else torch.from_numpy(np.asarray(weights, float))
    x = np.asarray(x).astype(int)
    if np.any(x < 0):
        raise ValueError("'list' argument must have no negative elements")
    return torch.bincount(_tensor(x), weights, minlength).numpy()


def searchsorted(a, v, side="left", sorter=None):
    t, v = _tensor(a if sorter is None else np.asarray(a)[sorter]), _tensor(v)
    if t.dtype != v.dtype:
        t, v = t.double(), v.double()
    return _array(torch.bucketize(v, t, right=side == "right"))


def digitize(x, bins, right=False):
    return searchsorted(bins, x, "left" if right else "right")


def interp(x, xp, fp, left=None, right=None, period=None):
    x, xp, fp = np.asarray(x, float), np.asarray(xp, float), np.asarray(fp, float)
    if len(xp) != len(fp):
        raise ValueError("fp and xp are not of the same length.")
    if period is not None:
        x, xp = x % abs(period), xp % abs(period)
        order = argsort(xp)
        xp, fp = xp[order], fp[order]
        xp = np.concatenate([xp[-1:] - abs(period), xp, xp[:1] + abs(period)])
        fp = np.concatenate([fp[-1:], fp, fp[:1]])
    low = np.clip(searchsorted(xp, x, "right") - 1, 0, len(xp) - 2)
    y = (fp[low + 1] - fp[low]) / (xp[low + 1] - xp[low]) * (x - xp[low]) + fp[low]
    y = np.where(x == xp[-1], fp[-1], np.where(x == xp[0], fp[0], y))
    y = np.where(x < xp[0], fp[0] if left is None else left, y)
    return np.where(x > xp[-1], fp[-1] if right is None else right, y)[()]


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
    n = a.shape[axis]
    values = np.asarray(values, a.dtype)
    if isinstance(obj, slice):
        obj = range(n)[obj]
    places = np.atleast_1d(np.asarray(obj, int))
    single = np.ndim(obj) == 0
    for place in places:
        if not -n <= place <= n:
            raise IndexError(f"index {place} is out of bounds for axis {axis} with size {n}")
    places = np.where(places < 0, places + n, places)
    if single and values.ndim:
        # One place takes all the rows there are.
        values = moveaxis(values.reshape((1,) * (a.ndim - values.ndim) + values.shape), 0, axis) if values.ndim < a.ndim or axis else values
        places = np.repeat(places, values.shape[axis])
    shape = list(a.shape)
    shape[axis] = len(places)
    whole = np.concatenate([a, broadcast_to(values, shape)], axis=axis)
    return take(whole, argsort(np.concatenate([np.arange(n) + 0.5, places]), 0), axis)


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


def atleast_3d(*arys):
    arrays = [a.reshape(1, -1, 1) if a.ndim < 2 else a[:, :, None] if a.ndim == 2 else a for a in map(np.asarray, arys)]
    return arrays[0] if len(arrays) == 1 else tuple(arrays)


def diagflat(v, k=0):
    return np.diag(np.ravel(v), k)


def ravel(a, order="C"):
    return np.asarray(a).ravel(order)


def ndim(a):
    return np.asarray(a).ndim


def size(a, axis=None):
    a = np.asarray(a)
    return a.size if axis is None else _math.prod(a.shape[i] for i in ([axis] if isinstance(axis, int) else axis))


def diag(v, k=0):
    return torch.diag(_tensor(v), k).numpy()


def diagonal(a, offset=0, axis1=0, axis2=1):
    return torch.diagonal(_tensor(a), offset, axis1, axis2).numpy()


def trace(a, offset=0, axis1=0, axis2=1):
    return np.sum(diagonal(a, offset, axis1, axis2), axis=-1)


def tri(N, M=None, k=0, dtype=float):
    return tril(np.ones((N, N if M is None else M), dtype), k)


def tril_indices_from(arr, k=0):
    return tril_indices(arr.shape[-2], k, arr.shape[-1])


def triu_indices_from(arr, k=0):
    return triu_indices(arr.shape[-2], k, arr.shape[-1])


def diag_indices_from(arr):
    return diag_indices(len(arr), np.ndim(arr))


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


def fill_diagonal(a, val, wrap=False):
    n = a.shape[1] if a.ndim == 2 else 0
    if a.ndim > 2 and len(set(a.shape)) > 1:
        raise ValueError("All dimensions of input must be of equal length")
    if a.ndim == 2 and wrap:
        places = np.arange(0, a.size, n + 1)
    else:
        places = ravel_multi_index((np.arange(min(a.shape)),) * a.ndim, a.shape)
    a[np.unravel_index(places, a.shape)] = np.resize(val, len(places))


def dsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 2)


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


def take(a, indices, axis=None, out=None, mode="raise"):
    a, axis = _without(a, axis)
    places = _placed(np.asarray(indices), a.shape[axis], mode)
    return _into(out, a[(slice(None),) * axis + (places,)])


def _placed(places, n, mode):
    return np.clip(places, 0, n - 1) if mode == "clip" else places % n if mode == "wrap" else places


def take_along_axis(arr, indices, axis=-1):
    t, axis = _axis(arr, axis)
    return torch.take_along_dim(t, _tensor(indices), axis).numpy()


def nonzero(a):
    return tuple(part.numpy() for part in torch.nonzero(_tensor(a), as_tuple=True))


def argwhere(a):
    return torch.nonzero(_tensor(a)).numpy()


def flatnonzero(a):
    return nonzero(np.ravel(a))[0]


def count_nonzero(a, axis=None, *, keepdims=False):
    return np.sum(np.asarray(a) != 0, axis=axis, keepdims=keepdims)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return np.all(isclose(a, b, rtol, atol, equal_nan)).item()


def array_equal(a1, a2, equal_nan=False):
    a, b = np.asarray(a1), np.asarray(a2)
    return a.shape == b.shape and np.all((a == b) | (a != a) & (b != b) if equal_nan else a == b).item()


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
    def skip(a, axis=None, **options):
        a = np.asarray(a)
        return function(a if a.dtype == int else np.where(np.isnan(a), filler, a), axis=axis, **options)

    return skip


nansum = _skipping(np.sum, 0.0)
nanmax = _skipping(np.max, -np.inf)
nanmin = _skipping(np.min, np.inf)
nanargmax = _skipping(np.argmax, -np.inf)
nanargmin = _skipping(np.argmin, np.inf)


def nanmean(a, axis=None, **options):
    return nansum(a, axis, **options) / np.sum(~np.isnan(a), axis=axis, **options)


def nanvar(a, axis=None, ddof=0, keepdims=False):
    a = np.asarray(a)
    mean = nanmean(a, axis, keepdims=True)
    known = np.sum(~np.isnan(a), axis=axis, keepdims=keepdims) - ddof
    return nansum(np.square(a - mean), axis, keepdims=keepdims) / known


def nanstd(a, axis=None, ddof=0, keepdims=False):
    return np.sqrt(nanvar(a, axis, ddof, keepdims))


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return nanquantile(a, 0.5, axis, out, keepdims=keepdims)


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x, info = np.asarray(x), None
    if x.dtype in (int, bool):
        return x[()]
    info = finfo(x.dtype)
    y = np.where(x == np.inf, info.max if posinf is None else posinf, np.where(np.isnan(x), nan, x))
    return np.where(x == -np.inf, info.min if neginf is None else neginf, y).astype(x.dtype)[()]


def isin(element, test_elements, assume_unique=False, invert=False):
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


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    found, places = unique(ar1, return_index=True)
    common = isin(found, ar2)
    if not return_indices:
        return found[common]
    others, elsewhere = unique(ar2, return_index=True)
    return found[common], places[common], elsewhere[isin(others, found)]


def setdiff1d(ar1, ar2, assume_unique=False):
    found = np.ravel(ar1) if assume_unique else unique(ar1)
    return found[~isin(found, ar2)]


def einsum(*operands, out=None, optimize=False, **options):
    if isinstance(operands[0], str):
        subscripts, operands = operands[0], operands[1:]
    else:
        # Arrays and lists of places in turns; the result's may stand at the end.
        letters = ["".join("..." if i is Ellipsis else chr(97 + i) for i in places) for places in operands[1::2]]
        subscripts = ",".join(letters)
        if len(operands) % 2:
            subscripts += "->" + "".join("..." if i is Ellipsis else chr(97 + i) for i in operands[-1])
            operands = operands[:-1]
        operands = operands[::2]
    arrays = [np.asarray(a) for a in operands]
    if any(a.dtype == float for a in arrays):
        arrays = [a.astype(float) for a in arrays]
    return _into(out, _array(torch.einsum(subscripts, *map(torch.from_numpy, arrays))))


def tensordot(a, b, axes=2):
    a, b = np.asarray(a), np.asarray(b)
    kind = np.result_type(a, b)
    return _array(torch.tensordot(_tensor(a.astype(kind)), _tensor(b.astype(kind)), axes if isinstance(axes, int) else [
        [x] if isinstance(x, int) else list(x) for x in axes
    ]))


def vdot(a, b):
    return np.dot(np.ravel(a), np.ravel(b))


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = moveaxis(np.asarray(a), axisa, -1), moveaxis(np.asarray(b), axisb, -1)
    if a.shape[-1] not in (2, 3) or b.shape[-1] not in (2, 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    flat = a.shape[-1] == b.shape[-1] == 2
    a, b = [pad(x, [(0, 0)] * (x.ndim - 1) + [(0, 3 - x.shape[-1])]) for x in (a, b)]
    if flat:
        return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
    i, j = [1, 2, 0], [2, 0, 1]
    return moveaxis(a[..., i] * b[..., j] - a[..., j] * b[..., i], -1, axisc)


def kron(a, b):
    return torch.kron(_tensor(a), _tensor(b)).numpy()


def polyfit(x, y, deg):
    x = np.asarray(x, float)
    A = np.stack([x**k for k in range(deg, -1, -1)], axis=1)
    scale = np.sqrt(np.sum(A * A, axis=0))
    solved = np.linalg.lstsq(A / scale, np.asarray(y, float))[0]
    return (solved.T / scale).T


def polyval(p, x):
    x = x if isinstance(x, poly1d) else np.asarray(x)
    y = poly1d(0) if isinstance(x, poly1d) else np.zeros_like(x)
    for c in np.asarray(p):
        y = y * x + c
    return y if isinstance(y, poly1d) else y[()]


def _of_kind(function):
    """The coefficients that a function of polynomials makes, as a polynomial where one was given."""

    def apply(*polynomials, **options):
        found = function(*[np.asarray(p) if isinstance(p, poly1d) else p for p in polynomials], **options)
        return poly1d(found) if any(isinstance(p, poly1d) for p in polynomials) else found

    return apply


def _derived(p, m=1):
    p = np.asarray(p)
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def _integrated(p, m=1, k=None):
    p, k = np.asarray(p), np.resize(0.0 if k is None else k, m)
    for constant in k:
        p = np.append(p / np.arange(len(p), 0, -1), constant)
    return p


def _product(a1, a2):
    return convolve(trim_zeros(np.atleast_1d(a1), "f"), trim_zeros(np.atleast_1d(a2), "f"))


def _summed(a1, a2, sign=1):
    a, b = np.atleast_1d(np.asarray(a1)), np.atleast_1d(np.asarray(a2))
    n = max(len(a), len(b))
    return np.concatenate([np.zeros(n - len(a), a.dtype), a]) + sign * np.concatenate([np.zeros(n - len(b), b.dtype), b])


def _divided(u, v):
    u, v = np.atleast_1d(np.asarray(u)) + 0.0, np.atleast_1d(np.asarray(v)) + 0.0
    q, r = np.zeros(max(len(u) - len(v) + 1, 1)), u.copy()
    for k in range(len(u) - len(v) + 1):
        q[k] = r[k] / v[0]
        r[k : k + len(v)] -= q[k] * v
    while len(r) > 1 and np.allclose(r[0], 0, rtol=1e-14):
        r = r[1:]
    return q, r


def polydiv(u, v):
    q, r = _divided(*[np.asarray(p) for p in (u, v)])
    return (poly1d(q), poly1d(r)) if isinstance(u, poly1d) or isinstance(v, poly1d) else (q, r)


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


def trim_zeros(filt, trim="fb", axis=None):
    a = np.asarray(filt)
    for i in range(a.ndim) if axis is None else [axis % a.ndim] if isinstance(axis, int) else axis:
        kept = nonzero(a)[i]
        if not len(kept):
            return filt[:0]
        first, last = np.min(kept).item(), np.max(kept).item()
        cut = slice(first if "f" in trim else 0, last + 1 if "b" in trim else a.shape[i])
        filt = filt[cut] if i == 0 else filt[(slice(None),) * i + (cut,)]
        a = np.asarray(filt)
    return filt


polyder = _of_kind(_derived)


polyint = _of_kind(_integrated)


polymul = _of_kind(_product)


polyadd = _of_kind(_summed)


def vander(x, N=None, increasing=False):
    powers = range(len(x) if N is None else N)
    return np.stack([np.asarray(x) ** k for k in (powers if increasing else powers[::-1])], axis=1)


class poly1d:
    __module__ = "numpy"

    def __init__(self, c_or_r, r=False, variable=None):
        c = poly(c_or_r) if r else np.atleast_1d(np.asarray(c_or_r))
        kept = flatnonzero(c)
        self.coeffs = self.c = self.coef = self.coefficients = c[kept[0] :] if len(kept) else np.zeros(1, c.dtype)
        self.order = self.o = len(self.coeffs) - 1
        self.variable = variable or getattr(c_or_r, "variable", "x")

    @property
    def roots(self):
        return roots(self.coeffs)

    r = roots

    def __array__(self, dtype=None, copy=None):
        return self.coeffs

    def __len__(self):
        return self.order

    def __iter__(self):
        return iter(self.coeffs)

    def __call__(self, x):
        return polyval(self.coeffs, x)

    def __getitem__(self, power):
        return self.coeffs[self.order - power] if 0 <= power <= self.order else self.coeffs.dtype.type(0)

    def __eq__(self, other):
        return self.coeffs.shape == other.coeffs.shape and np.all(self.coeffs == other.coeffs)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __mul__(self, other):
        return polymul(self, other)

    def __add__(self, other):
        return polyadd(self, other)

    def __sub__(self, other):
        return polysub(self, other)

    def __rsub__(self, other):
        return polysub(other, self)

    def __truediv__(self, other):
        return poly1d(self.coeffs / other) if np.isscalar(other) else polydiv(self, other)

    def __pow__(self, n):
        found = poly1d([1])
        for _ in range(n):
            found = found * self
        return found

    __rmul__ = __mul__
    __radd__ = __add__

    def deriv(self, m=1):
        return polyder(self, m)

    def integ(self, m=1, k=0):
        return polyint(self, m, k=k)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __str__(self):
        # Exponents stand on a line of their own, over what follows the variables.
        above, below = " ", ""
        for i, c in enumerate(self.coeffs):
            power, size = self.order - i, f"{abs(c):.4g}"
            if size == "0" and (power or self.order):
                continue
            term = ((" - " if c < 0 else " + ") if below else "-" if c < 0 else "") + size + (" " + self.variable if power else "")
            exponent = str(power) if power > 1 else ""
            if exponent:
                above += " " * (len(below) + len(term) - len(above)) + exponent
            below += term + " " * (len(exponent) - 1)
        return above + "\n" + below


def trapezoid(y, x=None, dx=1.0, axis=-1):
    y = moveaxis(np.asarray(y), axis, -1)
    if x is not None:
        dx = diff(x) if np.ndim(x) == 1 else moveaxis(diff(x, axis=axis), axis, -1)
    return np.sum(dx * (y[..., 1:] + y[..., :-1]) / 2.0, axis=-1)


def gradient(f, *spacing, axis=None, edge_order=1):
    f = np.asarray(f, float)
    axes = range(f.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    if len(spacing) not in (0, 1, len(axes)):
        raise TypeError("invalid number of arguments")
    spacing = (spacing or (1.0,)) * (1 if len(spacing) == len(axes) else len(axes))
    found = [_slope(f, h, i, edge_order) for h, i in zip(spacing, axes)]
    return found[0] if isinstance(axis, int) or len(axes) == 1 and axis is None else tuple(found)


def _slope(f, h, axis, edge_order):
    f = swapaxes(f, axis, -1)
    n = f.shape[-1]
    if n < edge_order + 1:
        raise ValueError(
            "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required."
        )
    h = np.asarray(h, float)
    even = h.ndim == 0
    if even:
        inner = (f[..., 2:] - f[..., :-2]) / (2.0 * h)
        h = np.full(n - 1, float(h))
    else:
        if len(h) != n:
            raise ValueError("when 1d, distances must match the length of the corresponding dimension")
        h = diff(h)
        a, b = h[:-1], h[1:]
        inner = -b / (a * (a + b)) * f[..., :-2] + (b - a) / (a * b) * f[..., 1:-1] + a / (b * (a + b)) * f[..., 2:]
    if edge_order == 1:
        first, last = (f[..., 1:2] - f[..., :1]) / h[0], (f[..., -1:] - f[..., -2:-1]) / h[-1]
    elif even:
        first = -1.5 / h[0] * f[..., :1] + 2.0 / h[0] * f[..., 1:2] + -0.5 / h[0] * f[..., 2:3]
        last = 0.5 / h[0] * f[..., -3:-2] + -2.0 / h[0] * f[..., -2:-1] + 1.5 / h[0] * f[..., -1:]
    else:
        a, b = h[0], h[1]
        first = -(2.0 * a + b) / (a * (a + b)) * f[..., :1] + (a + b) / (a * b) * f[..., 1:2] + -a / (b * (a + b)) * f[..., 2:3]
        a, b = h[-2], h[-1]
        last = b / (a * (a + b)) * f[..., -3:-2] + -(b + a) / (a * b) * f[..., -2:-1] + (2.0 * b + a) / (b * (a + b)) * f[..., -1:]
    return swapaxes(np.concatenate([first, inner, last], axis=-1), axis, -1)


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

    def __init__(self, pyfunc=None, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        self.pyfunc, self.otypes, self.excluded, self.signature = pyfunc, otypes, excluded or (), signature
        self.__doc__ = doc or getattr(pyfunc, "__doc__", None)

    def __call__(self, *args, **named):
        if self.pyfunc is None:
            self.pyfunc, self.__doc__ = args[0], self.__doc__ or args[0].__doc__
            return self
        varied = [i for i in range(len(args)) if i not in self.excluded]
        names = [k for k in named if k not in self.excluded]
        given = [np.asarray(args[i]) for i in varied] + [np.asarray(named[k]) for k in names]
        # How many dimensions the function itself takes of each, as its signature has them.
        parts = self.signature.split("->")[0].replace(" ", "").split("),(") if self.signature else [""] * len(given)
        inner = [len([name for name in part.strip("()").split(",") if name]) for part in parts]
        shape = broadcast_shapes(*[a.shape[: a.ndim - n] for a, n in zip(given, inner)])
        given = [broadcast_to(a, shape + a.shape[a.ndim - n :]) for a, n in zip(given, inner)]
        results, args = [], list(args)
        for place in ndindex(shape):
            here = [a[place] for a in given]
            for i, x in zip(varied, here):
                args[i] = x
            named.update(zip(names, here[len(varied) :]))
            results.append(self.pyfunc(*args, **named))
        kinds = list(self.otypes or [])
        if results and isinstance(results[0], tuple):
            kinds = kinds or [None] * len(results[0])
            return tuple(np.array(part, kind).reshape(shape + np.shape(part[0]))[()] for part, kind in zip(zip(*results), kinds))
        return np.array(results, *kinds[:1]).reshape(shape + (np.shape(results[0]) if results else ()))[()]

    def reduce(self, array, axis=0):
        rows = list(moveaxis(np.asarray(array), axis, 0))
        total = rows[0]
        for row in rows[1:]:
            total = self(total, row)
        return total


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    rows = moveaxis(np.asarray(arr), axis, -1)
    results = np.array([func1d(row, *args, **kwargs) for row in rows.reshape(-1, rows.shape[-1])])
    results = results.reshape(rows.shape[:-1] + results.shape[1:])
    if results.ndim == rows.ndim - 1:
        return results[()]
    # What a row became stands where it stood.
    n = results.ndim - rows.ndim + 1
    return moveaxis(results, list(range(-n, 0)), [axis % rows.ndim + i for i in range(n)])


def fromiter(iter, dtype, count=-1):
    return np.array(list(iter), dtype)


def fromfunction(function, shape, *, dtype=float, **kwargs):
    return function(*indices(shape, dtype=dtype), **kwargs)


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    rank = max(np.ndim(x) for x in (start, stop, base))
    start, stop, base = [np.asarray(x, float) if np.ndim(x) == rank else np.full((1,) * rank, x) for x in (start, stop, base)]
    powers = np.linspace(start, stop, num, endpoint=endpoint, axis=axis) if rank else np.linspace(start[()], stop[()], num, endpoint)
    found = np.power(np.expand_dims(base, axis) if rank else base, powers)
    return found if dtype is None else found.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    if start == 0 or stop == 0:
        raise ValueError("Geometric sequence cannot include zero")
    sign = -1 if start < 0 and stop < 0 else 1
    out = sign * logspace(_math.log10(start * sign), _math.log10(stop * sign), num, endpoint)
    if num:
        out[0] = start
    if num > 1 and endpoint:
        out[-1] = stop
    return out if dtype is None else out.astype(dtype)


def indices(dimensions, dtype=int, sparse=False):
    axes = [np.arange(n, dtype=dtype) for n in dimensions]
    return ix_(*axes) if sparse else np.stack(meshgrid(*axes, indexing="ij"))


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
    shape, given = (shape,) if isinstance(shape, int) else tuple(shape), np.shape(array)
    if len(given) > len(shape) or any([n not in (1, m) for n, m in zip(given[::-1], shape[::-1])]):
        raise ValueError(
            "operands could not be broadcast together with remapped shapes [original->remapped]: "
            f"{given}  and requested shape {shape}".replace(", ", ",")
        )
    return torch.broadcast_to(_tensor(array), shape).numpy()


def broadcast_arrays(*args):
    shape = broadcast_shapes(*[np.shape(a) for a in args])
    return tuple(broadcast_to(a, shape) for a in args)


def resize(a, new_shape):
    a, n = np.ravel(a), _math.prod((new_shape,) if isinstance(new_shape, int) else new_shape)
    return tile(a, -(-n // len(a)))[:n].reshape(new_shape)


def copyto(dst, src, casting="same_kind", where=True):
    dst[...] = np.where(where, src, dst)


def isscalar(element):
    return isinstance(element, (int, float, str, np.float64, np.float32, np.int64, np.bool_))


def cbrt(x):
    x = np.asarray(x, float)
    y = np.sign(x) * np.abs(x) ** (1 / 3)
    # One step of Newton's makes exact roots exact.
    return (y - np.where(y == 0, 0.0, (y * y * y - x) / np.where(y == 0, 1.0, 3 * y * y)))[()]


def deg2rad(x, out=None):
    return _into(out, np.asarray(x) * (np.pi / 180))


def rad2deg(x, out=None):
    return _into(out, np.asarray(x) * (180 / np.pi))


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


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    options = {"linewidth": max_line_width, "precision": precision, "suppress": suppress_small}
    with printoptions(**{k: v for k, v in options.items() if v is not None}):
        return repr(arr)


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    options = {"linewidth": max_line_width, "precision": precision, "suppress": suppress_small}
    with printoptions(**{k: v for k, v in options.items() if v is not None}):
        return str(a)


def pad(array, pad_width, mode="constant", **options):
    a = np.asarray(array)
    widths = _pairs(pad_width, a.ndim)
    if callable(mode):
        padded = pad(a, widths)
        for axis in range(a.ndim):
            rows = moveaxis(padded, axis, -1)
            for place in ndindex(rows.shape[:-1]):
                row = rows[place].copy()
                mode(row, widths[axis], axis, options)
                rows[place] = row
        return padded
    odd = options.get("reflect_type") == "odd"
    values = _pairs(options.get("end_values" if mode == "linear_ramp" else "constant_values", 0), a.ndim)
    lengths = _pairs(options.get("stat_length"), a.ndim)
    for axis, (before, after) in enumerate(widths):
        n = a.shape[axis]
        places = np.arange(-before, n + after)
        inside = np.clip(places, 0, n - 1)
        if mode == "wrap":
            inside = places % n
        elif mode in ("reflect", "symmetric"):
            period = max(2 * n - 2, 1) if mode == "reflect" else 2 * n
            inside = places % period
            inside = np.where(inside < n, inside, period - inside - (mode == "symmetric"))
        elif mode not in ("constant", "edge", "linear_ramp", *_STATISTICS):
            raise ValueError(f"mode '{mode}' is not supported")
        padded = moveaxis(take(a, inside, axis), axis, 0)
        rows = moveaxis(a, axis, 0)
        left, right = places < 0, places >= n
        if odd and mode in ("reflect", "symmetric"):
            # Turned over about the end that is nearest.
            padded[left] = 2 * rows[0] - padded[left]
            padded[right] = 2 * rows[-1] - padded[right]
        elif mode == "constant":
            padded[left], padded[right] = values[axis]
        elif mode == "linear_ramp":
            first, last = values[axis]
            padded[left] = np.linspace(np.full(rows[0].shape, first), rows[0], before, endpoint=False).astype(a.dtype)
            padded[right] = np.linspace(np.full(rows[0].shape, last), rows[-1], after, endpoint=False)[::-1].astype(a.dtype)
        elif mode in _STATISTICS:
            first, last = [n if m is None else min(m, n) for m in lengths[axis]]
            for where, part in (left, rows[:first]), (right, rows[n - last :]):
                found = _STATISTICS[mode](part, axis=0)
                padded[where] = np.round(found) if a.dtype == int else found
        a = moveaxis(padded, 0, axis)
    return np.ascontiguousarray(a)


def _pairs(given, ndim):
    """A pair for each axis, of whatever `np.pad` takes for them."""
    if isinstance(given, dict):
        axes = {axis % ndim: width for axis, width in given.items()}
        return [tuple(_pairs(axes.get(i, 0), 1)[0]) for i in range(ndim)]
    if given is None or np.ndim(given) == 0:
        return [(given, given)] * ndim
    if np.ndim(given) == 1:
        given = [tuple(given)]
    pairs = [tuple(p) * (2 if len(p) == 1 else 1) for p in given]
    return pairs * ndim if len(pairs) == 1 else pairs


_STATISTICS = {"maximum": np.max, "minimum": np.min, "mean": np.mean, "median": median}


class finfo:
    def __init__(self, dtype):
        info = torch.finfo(torch.float32 if np.dtype(dtype) == np.float32 else torch.float64)
        kind = np.float32 if np.dtype(dtype) == np.float32 else np.float64
        self.eps, self.max, self.min, self.tiny = kind(info.eps), kind(info.max), kind(info.min), kind(info.tiny)
        self.bits, self.dtype, self.smallest_normal = info.bits, np.dtype(dtype), self.tiny


class iinfo:
    def __init__(self, type):
        self.max, self.min, self.bits, self.dtype = 2**63 - 1, -(2**63), 64, np.dtype(int)

    def __repr__(self):
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype})"


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
    before = seterr(**kwargs)
    try:
        yield
    finally:
        seterr(**before)


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    before = dict(_errors)
    for name, given in zip(_errors, (divide, over, under, invalid)):
        _errors[name] = given or all or _errors[name]
    return before


def geterr():
    return dict(_errors)


_errors = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def block(arrays):
    return np.vstack([np.hstack(row) for row in arrays]) if isinstance(arrays[0], list) else np.hstack(arrays)


def ediff1d(ary, to_end=None, to_begin=None):
    parts = [diff(np.ravel(ary))]
    if to_begin is not None:
        parts.insert(0, np.ravel(to_begin))
    if to_end is not None:
        parts.append(np.ravel(to_end))
    return np.concatenate(parts)


def float_power(x1, x2):
    return np.power(np.asarray(x1, float), np.asarray(x2, float))


def setxor1d(ar1, ar2, assume_unique=False):
    a, b = unique(ar1), unique(ar2)
    return sort(append(a[~isin(a, b)], b[~isin(b, a)]))


def array_equiv(a1, a2):
    try:
        return np.all(np.asarray(a1) == np.asarray(a2)).item()
    except ValueError:
        return False


def unravel_index(indices, shape, order="C"):
    places, found = np.asarray(indices), []
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    total = _math.prod(shape)
    if np.any((places < 0) | (places >= total)):
        wrong = np.ravel(places)[np.ravel((places < 0) | (places >= total))][0]
        raise ValueError(f"index {wrong} is out of bounds for array with size {total}")
    for n in shape if order == "F" else shape[::-1]:
        found.append((places % n)[()])
        places = places // n
    return tuple(found if order == "F" else found[::-1])


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    total = 0
    modes = [mode] * len(dims) if isinstance(mode, str) else mode
    parts = list(zip(multi_index, dims, modes))
    for index, n, mode in parts if order == "C" else parts[::-1]:
        index = np.asarray(index)
        if mode == "raise" and np.any((index < 0) | (index >= n)):
            raise ValueError("invalid entry in coordinates array")
        total = total * n + _placed(index, n, mode)
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


def put(a, ind, v, mode="raise"):
    places = _placed(np.ravel(ind), a.size, mode)
    a.flat[places] = np.resize(v, len(places))


def put_along_axis(arr, indices, values, axis):
    if axis is None:
        put(arr, indices, values)
    else:
        arr[...] = torch.scatter(_tensor(arr), axis, _tensor(indices), _tensor(broadcast_to(np.asarray(values, arr.dtype), np.shape(indices)))).numpy()


def choose(a, choices, out=None, mode="raise"):
    a, *choices = broadcast_arrays(a, *choices)
    if mode == "raise" and np.any((a < 0) | (a >= len(choices))):
        raise ValueError("invalid entry in choice array")
    a = _placed(a, len(choices), mode)
    return _into(out, take_along_axis(np.stack(choices), a[None], 0)[0])


def piecewise(x, condlist, funclist, *args, **kw):
    x = np.asarray(x)
    y = np.zeros_like(x)
    if np.ndim(condlist) == 0 or np.ndim(condlist[0]) == 0 and x.ndim:
        condlist = [condlist]
    rest = np.ones(x.shape, bool)
    for condition in condlist:
        rest = rest & ~np.asarray(condition)
    for condition, function in zip([*condlist, rest], funclist):
        found = function(x, *args, **kw) if callable(function) else function
        y = np.asarray(np.where(condition, found, y), x.dtype)
    return y


def nanpercentile(a, q, axis=None, *rest, **options):
    return nanquantile(a, np.asarray(q) / 100, axis, *rest, **options)


def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False):
    a, shape = _known(np.asarray(a, float), axis, keepdims)
    rows = [row[~np.isnan(row)] for row in a.reshape(-1, a.shape[-1])]
    found = [quantile(row, q, method=method) if len(row) else np.full(np.shape(q), np.nan) for row in rows]
    return _into(out, moveaxis(np.array(found), 0, -1).reshape(np.shape(q) + tuple(shape))[()])


nancumsum = _skipping(cumsum, 0.0)


nancumprod = _skipping(cumprod, 1.0)


nanprod = _skipping(prod, 1.0)


def histogram2d(x, y, bins=10, range=None):
    n, m = bins if isinstance(bins, (list, tuple)) else (bins, bins)
    xr, yr = range if range is not None else (None, None)
    a, b = histogram_bin_edges(x, n, xr), histogram_bin_edges(y, m, yr)
    counts = np.zeros((len(a) - 1, len(b) - 1))
    rows = np.minimum(searchsorted(a, x, "right"), len(a) - 1) - 1
    for i in np.arange(len(a) - 1):
        counts[i] = histogram(np.asarray(y)[rows == i], b)[0]
    return counts, a, b


def base_repr(number, base=2, padding=0):
    digits, rest = "", abs(int(number))
    while rest:
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % base] + digits
        rest //= base
    return ("-" if number < 0 else "") + "0" * padding + (digits or ("" if padding else "0"))


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


def isposinf(x, out=None):
    return _into(out, np.isinf(x) & (np.asarray(x) > 0))


def isneginf(x, out=None):
    return _into(out, np.isinf(x) & (np.asarray(x) < 0))


def unstack(x, axis=0):
    return tuple(moveaxis(np.asarray(x), axis, 0))


def blackman(M):
    n = np.arange(1 - M, M, 2)
    return 0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1))


def bartlett(M):
    n = np.arange(1 - M, M, 2)
    return np.where(n <= 0, 1 + n / (M - 1), 1 - n / (M - 1))


polysub = _of_kind(lambda a1, a2: _summed(a1, a2, -1))


def poly(seq_of_zeros):
    a = np.asarray(seq_of_zeros)
    if a.ndim == 2:
        a = np.linalg.eigvals(a)
    found = np.ones(1)
    for zero in a:
        found = convolve(found, np.array([1.0, -zero]))
    return found


class _Slices:
    def __init__(self, tuples):
        self.tuples = tuples

    def __getitem__(self, key):
        return (key,) if self.tuples and not isinstance(key, tuple) else key


s_ = _Slices(False)


index_exp = _Slices(True)


def hanning(M):
    return 0.5 + 0.5 * np.cos(np.pi * np.arange(1 - M, M, 2) / (M - 1))


def hamming(M):
    return 0.54 + 0.46 * np.cos(np.pi * np.arange(1 - M, M, 2) / (M - 1))


def modf(x):
    whole = np.trunc(x)
    return x - whole, whole


def asanyarray(a, dtype=None):
    return np.asarray(a, dtype)


def ascontiguousarray(a, dtype=None):
    return _tensor(np.asarray(a, dtype)).contiguous().numpy()


asfortranarray = asanyarray
bitwise_not = bitwise_invert = invert
acos, acosh, asin, asinh = np.arccos, np.arccosh, np.arcsin, np.arcsinh
atan, atan2, atanh, pow = np.arctan, np.arctan2, np.arctanh, np.power
bool = np.bool_
double = np.float64
single = np.float32
euler_gamma = 0.5772156649015329
True_, False_ = np.bool_(1), np.bool_(0)


def inner(a, b):
    a, b = np.asarray(a), np.asarray(b)
    return np.dot(a, swapaxes(b, -1, -2) if b.ndim > 1 else b)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    count = num - 1 if endpoint else num
    step = (np.asarray(stop, float) - np.asarray(start, float)) / max(count, 1)
    if np.ndim(step) == 0:
        found = np._linspace(start, stop, num, endpoint)
    else:
        start, stop = broadcast_arrays(np.asarray(start, float), np.asarray(stop, float))
        found = np.stack([stop if endpoint and 0 < i == count else start + i * step for i in range(num)], axis)
    if dtype is not None:
        found = (np.floor(found) if np.dtype(dtype) == int else found).astype(dtype)
    return (found, step if count else np.float64(np.nan)) if retstep else found


def fix(x, out=None):
    return np.trunc(x, out=out)


class flagsobj:
    """What `a.flags` is."""

    def __init__(self, array):
        wanted, fastest_first, fastest_last = array.itemsize, [], []
        for n in array.shape:
            fastest_first.append(wanted)
            wanted *= n
        wanted = array.itemsize
        for n in array.shape[::-1]:
            fastest_last.insert(0, wanted)
            wanted *= n
        there = [i for i, n in enumerate(array.shape) if n > 1]
        self._known = {
            "C_CONTIGUOUS": all([array.strides[i] == fastest_last[i] for i in there]),
            "F_CONTIGUOUS": all([array.strides[i] == fastest_first[i] for i in there]),
            "OWNDATA": array.base is None, "WRITEABLE": True, "ALIGNED": True, "WRITEBACKIFCOPY": False,
        }

    def __getitem__(self, name):
        name = {"C": "C_CONTIGUOUS", "F": "F_CONTIGUOUS", "O": "OWNDATA", "W": "WRITEABLE", "A": "ALIGNED"}.get(name, name)
        if name not in self._known:
            raise KeyError("Unknown flag")
        return self._known[name]

    def __setitem__(self, name, value):
        raise NotImplementedError("arrays stay writeable here: work with a copy, a.copy(), and keep the first one as it is")

    def __getattr__(self, name):
        if name.upper() not in self._known:
            raise AttributeError(f"'numpy.flagsobj' object has no attribute '{name}'")
        return self._known[name.upper()]

    def __repr__(self):
        return "".join([f"  {name} : {value}\n" for name, value in self._known.items()])
