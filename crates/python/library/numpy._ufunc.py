"""What NumPy's functions of two arrays can do besides being called: `np.add.reduce` and its like."""

import numpy as np
import torch

_REDUCTIONS = {
    "add": np.sum, "multiply": np.prod, "maximum": np.max, "minimum": np.min, "logical_and": np.all, "logical_or": np.any,
}


def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=None):
    a = np.asarray(array, dtype)
    if self.__name__ in _REDUCTIONS:
        result = _REDUCTIONS[self.__name__](a, axis=axis, keepdims=keepdims)
    else:
        a = a.reshape(-1) if axis is None else np.moveaxis(a, axis, 0)
        result = a[0]
        for row in a[1:]:
            result = self(result, row)
        if keepdims:
            result = np.expand_dims(result, axis or 0)
    result = result if initial is None else self(initial, result)
    if out is None:
        return result
    out[...] = result
    return out


def accumulate(self, array, axis=0):
    a = np.moveaxis(np.asarray(array), axis, 0)
    rows = [a[0]]
    for row in a[1:]:
        rows.append(self(rows[-1], row))
    return np.moveaxis(np.stack(rows), 0, axis)


def reduceat(self, array, indices, axis=0):
    a = np.moveaxis(np.asarray(array), axis, 0)
    ends = [*indices[1:], len(a)]
    rows = [reduce(self, a[i:j]) if i < j else a[i] for i, j in zip(indices, ends)]
    return np.moveaxis(np.stack(rows), 0, axis)


def outer(self, A, B):
    A, B = np.asarray(A), np.asarray(B)
    return self(A.reshape(A.shape + (1,) * B.ndim), B)


def at(self, a, indices, b):
    places = np.arange(a.size).reshape(a.shape)[indices]
    values = np.ravel(np.broadcast_to(b, np.shape(places)))
    places, flat = np.ravel(places), np.ravel(a)
    if self.__name__ == "add":
        torch.from_numpy(flat).index_add_(0, torch.from_numpy(places), torch.from_numpy(values.astype(a.dtype)))
    else:
        for place, value in zip(places, values):
            flat[place] = self(flat[place], value)
    a[...] = flat.reshape(a.shape)


def _identity(self):
    return {"add": 0, "multiply": 1, "logical_and": True, "logical_or": False, "bitwise_or": 0, "bitwise_xor": 0}.get(self.__name__)
