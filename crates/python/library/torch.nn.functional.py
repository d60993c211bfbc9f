"""What `torch.nn.functional` has beside its tables."""

import math

import torch
import torch.nn.functional as F


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    scores = query @ key.transpose(-2, -1) * (1 / math.sqrt(query.shape[-1]) if scale is None else scale)
    if is_causal:
        attn_mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=query.device).tril()
    if attn_mask is not None:
        scores = scores.masked_fill(~attn_mask, -math.inf) if attn_mask.dtype == torch.bool else scores + attn_mask
    return F.dropout(F.softmax(scores, -1), dropout_p) @ value


def _adaptive_max_pool(n, input, output_size, return_indices):
    if input.ndim not in (n + 1, n + 2):
        raise RuntimeError(f"adaptive_max_pool{n}d(): Expected {n + 1}D or {n + 2}D tensor, but got: {list(input.shape)}")
    own = input.shape[-n:]
    if 0 in own:
        raise RuntimeError(
            f"adaptive_max_pool{n}d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes "
            f"{list(input.shape)} with dimension {input.ndim - n + own.index(0)} being empty"
        )
    sizes = output_size if isinstance(output_size, (tuple, list)) else (output_size,) * n
    if len(sizes) != n:
        raise RuntimeError(f"adaptive_max_pool{n}d(): internal error: output_size.size() must be {n}")
    sizes = [size if wanted is None else wanted for size, wanted in zip(own, sizes)]
    # The places of each window in a row, the last one again where it is shorter than others.
    places = torch.zeros(1, 1, dtype=torch.int64)
    for size, count in zip(own, sizes):
        ends = [(i * size // count, -((i + 1) * size // -count)) for i in range(count)]
        most = max([b - a for a, b in ends], default=1)
        steps = torch.tensor([[min(a + k, b - 1) for k in range(most)] for a, b in ends], dtype=torch.int64)
        rows, wide = places.shape
        places = places.reshape(rows, 1, wide, 1) * size + steps.reshape(1, count, 1, most)
        places = places.reshape(rows * count, wide * most)
    places = places.to(input.device)
    windows = input.flatten(-n).index_select(-1, places.reshape(-1)).unflatten(-1, places.shape)
    values, at = windows.max(-1, keepdim=True)
    shape = (*input.shape[:-n], *sizes)
    values = values.reshape(shape)
    return (values, places.expand_as(windows).gather(-1, at).reshape(shape)) if return_indices else values


def adaptive_max_pool1d(input, output_size, return_indices=False):
    return _adaptive_max_pool(1, input, output_size, return_indices)


def adaptive_max_pool2d(input, output_size, return_indices=False):
    return _adaptive_max_pool(2, input, output_size, return_indices)


def adaptive_max_pool3d(input, output_size, return_indices=False):
    return _adaptive_max_pool(3, input, output_size, return_indices)


def pixel_shuffle(input, upscale_factor):
    *n, c, h, w = input.shape
    r = upscale_factor
    x = input.reshape(-1, c // r**2, r, r, h, w).permute(0, 1, 4, 2, 5, 3)
    return x.reshape(*n, c // r**2, h * r, w * r)


def pixel_unshuffle(input, downscale_factor):
    *n, c, h, w = input.shape
    r = downscale_factor
    x = input.reshape(-1, c, h // r, r, w // r, r).permute(0, 1, 3, 5, 2, 4)
    return x.reshape(*n, c * r**2, h // r, w // r)


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    if not training:
        return torch.where(input >= 0, input, input * ((lower + upper) / 2))
    # Slopes are drawn as doubles, and only where they count.
    slope, low = torch.ones_like(input), input <= 0
    drawn = torch.rand(int(low.sum()), dtype=torch.float64, device="cpu") * (upper - lower) + lower
    slope[low] = drawn.to(input)
    return input * slope


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    if not training or p == 0:
        return input
    low = -1.7580993408473766
    keep = torch.empty_like(input).bernoulli_(1 - p)
    a = 1 / math.sqrt((low**2 * p + 1) * (1 - p))
    return (input * keep + low * (1 - keep)) * a - a * low * p


def rms_norm(input, normalized_shape, weight=None, eps=None):
    dims = tuple(range(-len(normalized_shape), 0))
    eps = torch.finfo(input.dtype).eps if eps is None else eps
    out = input * torch.rsqrt(input.pow(2).mean(dims, keepdim=True) + eps)
    return out if weight is None else out * weight


def gumbel_softmax(logits, tau=1, hard=False, dim=-1):
    noise = -torch.empty_like(logits).exponential_().log()
    soft = ((logits + noise) / tau).softmax(dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    return torch.zeros_like(logits).scatter_(dim, index, 1.0) - soft.detach() + soft


def _reduced(loss, reduction):
    return loss if reduction == "none" else loss.sum() if reduction == "sum" else loss.mean()


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, reduction="mean"):
    x = input.reshape(-1, input.shape[-1])
    y = target.reshape(-1, 1)
    loss = (margin - x.gather(1, y) + x).clamp(min=0) ** p
    if weight is not None:
        loss = loss * weight[y]
    loss = loss.scatter(1, y, 0.0).sum(1) / x.shape[1]
    return _reduced(loss, reduction)


def multilabel_soft_margin_loss(input, target, weight=None, reduction="mean"):
    loss = -(target * F.logsigmoid(input) + (1 - target) * F.logsigmoid(-input))
    return _reduced((loss if weight is None else loss * weight).sum(-1) / input.shape[-1], reduction)


def multilabel_margin_loss(input, target, reduction="mean"):
    rows = []
    for x, y in zip(input.reshape(-1, input.shape[-1]), target.reshape(-1, input.shape[-1])):
        labels = []
        for label in y.tolist():
            if label < 0:
                break
            labels.append(label)
        others = [i for i in range(len(x)) if i not in labels]
        rows.append((1 - (x[labels].unsqueeze(1) - x[others])).clamp(min=0).sum() / len(x))
    loss = torch.stack(rows)
    return _reduced(loss if input.ndim > 1 else loss[0], reduction)
