"""Views of an array that overlap."""

import numpy as np
import torch


def as_strided(x, shape=None, strides=None, writeable=True):
    steps = [step // x.itemsize for step in (x.strides if strides is None else strides)]
    return torch.as_strided(torch.from_numpy(x), x.shape if shape is None else shape, steps).numpy()


def sliding_window_view(x, window_shape, axis=None):
    x = np.asarray(x)
    sizes = (window_shape,) if isinstance(window_shape, int) else tuple(window_shape)
    axes = range(x.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    if len(sizes) != len(axes):
        raise ValueError(
            f"Since axis is None, must provide window_shape for all dimensions of `x`; got {len(sizes)} window_shape "
            f"elements and `x.ndim` is {x.ndim}."
        )
    t = torch.from_numpy(x)
    for size, dim in zip(sizes, axes):
        if size > t.shape[dim]:
            raise ValueError("window shape cannot be larger than input array shape")
        t = t.unfold(dim, size, 1)
    return t.numpy()
