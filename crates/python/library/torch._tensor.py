"""Methods of tensors that are written in the dialect."""

import math

import torch
from torch import combinations, cov, corrcoef, cross, gcd, lcm, logdet, quantile, nanquantile, scatter_reduce, slogdet
from torch import diagflat, float_power, hsplit, logcumsumexp, logit, renorm, repeat_interleave, vsplit
from torch import bitwise_left_shift, bitwise_right_shift, det, inverse, cholesky, pinverse, qr, svd, matrix_power, tensor_split, vander


def unfold(self, dimension, size, step):
    dim = dimension % self.ndim
    places = torch.arange(0, self.shape[dim] - size + 1, step)
    places = places.unsqueeze(1) + torch.arange(size)
    found = self.index_select(dim, places.reshape(-1).to(self.device))
    return found.unflatten(dim, places.shape).movedim(dim + 1, -1)


def scatter_reduce_(self, dim, index, src, reduce, *, include_self=True):
    return self.copy_(scatter_reduce(self, dim, index, src, reduce, include_self=include_self))


def _doubles(tensor):
    return torch.rand(tensor.shape, dtype=torch.float64, device="cpu")


def geometric_(self, p):
    # Doubles are drawn, whatever is filled.
    return self.copy_(_doubles(self).log_().div_(math.log1p(-p)).ceil_())


def cauchy_(self, median=0, sigma=1):
    return self.copy_(_doubles(self).sub_(0.5).mul_(torch.pi).tan_().mul_(sigma).add_(median))


def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    return torch.tensor(data, dtype=dtype or self.dtype, device=device or self.device, requires_grad=requires_grad)


def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    return torch.full(
        size, fill_value, dtype=dtype or self.dtype, device=device or self.device, requires_grad=requires_grad
    )


def map_(self, tensor, callable):
    return self.copy_(torch.tensor([callable(a, b) for a, b in zip(self.flatten(), tensor.flatten())]).view_as(self))


def apply_(self, callable):
    return self.copy_(torch.tensor([callable(x) for x in self.flatten().tolist()]).view_as(self))


def is_shared(self):
    return False


def share_memory_(self):
    return self


def pin_memory(self):
    return self


def is_complex(self):
    return False


def conj(self):
    return self


def adjoint(self):
    return self.mH


def is_signed(self):
    return self.dtype != torch.bool


def half(self):
    return self.to(torch.half)


def int(self):
    return self.to(torch.int)


layout = "torch.strided"
is_sparse = is_quantized = is_meta = is_mps = False


def tril_(self, diagonal=0):
    return self.copy_(self.tril(diagonal))


def triu_(self, diagonal=0):
    return self.copy_(self.triu(diagonal))


def cumsum_(self, dim):
    return self.copy_(self.cumsum(dim))


def cumprod_(self, dim):
    return self.copy_(self.cumprod(dim))


def fill_diagonal_(self, value):
    places = torch.arange(min(self.shape))
    self[places, places] = value
    return self


def log_normal_(self, mean=1, std=2):
    return self.normal_(mean, std).exp_()


def renorm_(self, p, dim, maxnorm):
    return self.copy_(torch.renorm(self, p, dim, maxnorm))


def resize_(self, *sizes):
    raise NotImplementedError(
        "resize_ gives a tensor another size in place, which is not supported here: write x = x.reshape(...)"
    )
