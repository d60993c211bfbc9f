"""Quantiles."""

import torch


def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    return _quantile(input, q, dim, keepdim, interpolation, False)


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    return _quantile(input, q, dim, keepdim, interpolation, True)


def _quantile(input, q, dim, keepdim, interpolation, skips):
    x, axis = (input.reshape(-1), 0) if dim is None else (input, dim)
    # What is no number is sorted to the end.
    x = x.movedim(axis, 0).sort(0)[0]
    unknown = torch.isnan(x).sum(0)
    q = torch.as_tensor(q, dtype=x.dtype, device=x.device)
    if ((q < 0) | (q > 1)).any():
        raise RuntimeError("quantile() q values must be in the range [0, 1]")
    last = x.shape[0] - 1 - (unknown if skips else torch.zeros_like(unknown))
    place = q.reshape([-1] + [1] * (x.ndim - 1)) * last.clamp(min=0)
    below = place.floor() if interpolation in ("linear", "lower", "midpoint") else place.ceil()
    if interpolation == "nearest":
        below = place.round()
    found = torch.gather(x, 0, below.long())
    if interpolation in ("linear", "midpoint"):
        part = place - below if interpolation == "linear" else torch.full_like(place, 0.5)
        found = torch.lerp(found, torch.gather(x, 0, place.ceil().long()), part)
    gone = unknown == x.shape[0] if skips else unknown > 0
    if gone.any():
        found = torch.where(gone, torch.nan, found)
    if keepdim:
        found = found.unsqueeze(axis % input.ndim + 1) if dim is not None else found.reshape(-1, *[1] * input.ndim)
    return found if q.ndim else found[0]
