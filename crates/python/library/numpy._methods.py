"""Methods of arrays that are functions of `numpy` as well, and some that are not."""

import numpy as np
from numpy import argsort, cumprod, cumsum, diagonal, nonzero, prod, repeat, searchsorted, swapaxes, take, trace


def sort(self, axis=-1, kind=None):
    self[...] = np.sort(self, axis)


def argpartition(self, kth, axis=-1):
    return argsort(self, axis)


def ptp(self, axis=None):
    raise AttributeError("`ptp` was removed from the ndarray class in NumPy 2.0. Use np.ptp(arr, ...) instead.")


def view(self):
    return self.reshape(self.shape)


def resize(self, *shape, refcheck=True):
    raise NotImplementedError("an array keeps its size here: give a name to a.reshape(…) or np.resize(a, …)")


def conj(self):
    return self
