"""What `torch` has beside its tables."""

import itertools
import math

import torch
from _namedtuple import namedtuple as _namedtuple
from torch._poisson import poisson
from torch._quantile import nanquantile, quantile
from torch._vmap import vmap
from torch.linalg import det, inv as inverse, matrix_power, multi_dot as _multi_dot, pinv as pinverse, slogdet, svd as _svd
from torch.serialization import load, save


def typename(obj):
    if isinstance(obj, type):
        return f"{obj.__module__}.{obj.__qualname__}"
    kind = type(obj)
    if kind.__name__ in ("Tensor", "Parameter"):
        return obj.type()
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _lifted(lift):
    def apply(*tensors):
        if len(tensors) == 1 and torch.is_tensor(tensors[0]):
            return lift(tensors[0])
        return tuple([lift(x) for x in (tensors[0] if len(tensors) == 1 else tensors)])

    return apply


def compile(model=None, **options):
    # Kernels are compiled, batched and cached as they come, so there is nothing left to do.
    return model if model is not None else lambda model: model


class _Device:
    """What a program asks about kinds of machines that are not here."""

    def __init__(self, **answers):
        self.__dict__.update(answers)

    def is_available(self):
        return False

    is_built = is_available


backends = _Device(
    cudnn=_Device(enabled=False, benchmark=False, deterministic=False),
    mps=_Device(),
    cuda=_Device(matmul=_Device(allow_tf32=False)),
)
mps = xpu = _Device()


class _Accelerator:
    def is_available(self):
        return torch.cuda.is_available()

    def current_accelerator(self, check_available=False):
        return torch.device("cuda") if torch.cuda.is_available() else None


accelerator = _Accelerator()


def _of_dtype(dtype):
    def make(*data):
        if len(data) == 1 and not isinstance(data[0], int):
            given = data[0]
            return given.to(dtype) if torch.is_tensor(given) else torch.tensor(given, dtype=dtype)
        return torch.empty(data or 0, dtype=dtype)

    return make


FloatTensor = _of_dtype(torch.float32)
DoubleTensor = _of_dtype(torch.float64)
LongTensor = _of_dtype(torch.int64)
BoolTensor = _of_dtype(torch.bool)


class finfo:
    def __init__(self, type=None):
        single = type is None or type == torch.float32
        self.bits = 32 if single else 64
        self.eps = 2.0**-23 if single else 2.0**-52
        self.max = (2 - self.eps) * 2.0 ** (127 if single else 1023)
        self.min = -self.max
        self.tiny = self.smallest_normal = 2.0 ** (-126 if single else -1022)
        self.resolution = 1e-06 if single else 1e-15
        self.dtype = "float32" if single else "float64"

    def __repr__(self):
        names = ("resolution", "min", "max", "eps", "smallest_normal", "tiny")
        shown = ", ".join(f"{name}={getattr(self, name):g}" for name in names)
        return f"finfo({shown}, dtype={self.dtype})"


class iinfo:
    def __init__(self, type):
        self.bits, self.min, self.max, self.dtype = 64, -(2**63), 2**63 - 1, "int64"

    def __repr__(self):
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype})"


def promote_types(type1, type2):
    return torch.add(torch.empty(1, dtype=type1), torch.empty(1, dtype=type2)).dtype


def result_type(tensor1, tensor2):
    return torch.add(tensor1, tensor2).dtype


def can_cast(from_, to):
    order = [torch.bool, torch.int64, torch.float32, torch.float64]
    return to.is_floating_point or order.index(from_) <= order.index(to)


def is_complex(input):
    return False


def is_nonzero(input):
    return bool(input)


def get_device(input):
    return input.get_device()


def set_num_threads(n):
    pass


def get_num_threads():
    return 1


def use_deterministic_algorithms(mode, *, warn_only=False):
    pass


def set_float32_matmul_precision(precision):
    pass


def broadcast_shapes(*shapes):
    return torch.broadcast_tensors(*[torch.empty(shape if isinstance(shape, tuple) else (shape,)) for shape in shapes])[0].shape


atleast_1d = _lifted(lambda x: x.reshape(1) if x.ndim == 0 else x)


atleast_2d = _lifted(lambda x: x if x.ndim > 1 else x.reshape(1, -1))


atleast_3d = _lifted(lambda x: x if x.ndim > 2 else x.unsqueeze(-1) if x.ndim == 2 else x.reshape(1, -1, 1))


def cartesian_prod(*tensors):
    grid = torch.meshgrid(*tensors, indexing="ij")
    return torch.stack([part.reshape(-1) for part in grid], 1) if len(tensors) > 1 else tensors[0]


def combinations(input, r=2, with_replacement=False):
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    places = list(choose(range(len(input)), r))
    return input[torch.tensor(places, dtype=torch.int64).reshape(-1, r)]


def block_diag(*tensors):
    parts = [torch.atleast_2d(x) for x in tensors]
    width = sum(x.shape[1] for x in parts)
    rows, at = [], 0
    for x in parts:
        rows.append(torch.cat([x.new_zeros(x.shape[0], at), x, x.new_zeros(x.shape[0], width - at - x.shape[1])], 1))
        at += x.shape[1]
    return torch.cat(rows)


def cross(input, other, dim=None):
    if dim is None:
        dim = [i for i in range(input.ndim) if input.shape[i] == 3][0]
    return torch.linalg.cross(input, other, dim=dim)


def svd(input, some=True, compute_uv=True):
    U, S, Vh = _svd(input, not some)
    if not compute_uv:
        U, Vh = torch.zeros_like(U), torch.zeros_like(Vh)
    return _return("svd", ("U", "S", "V"), [U, S, Vh.mT])


def _removed(name, old, new):
    def refuse(*args, **options):
        raise RuntimeError(
            f"This function was deprecated since version 1.9 and is now removed. `torch.{name}` is deprecated in favor of "
            f"`torch.linalg.{name}`.\n{old} should be replaced with:\n{new}"
        )

    return refuse


cholesky = _removed("cholesky", "L = torch.cholesky(A)", "L = torch.linalg.cholesky(A)")
qr = _removed("qr", "Q, R = torch.qr(A)", "Q, R = torch.linalg.qr(A)")


def logdet(input):
    return torch.log(det(input))


def chain_matmul(*matrices):
    return _multi_dot(matrices)


def trapezoid(y, x=None, *, dx=1.0, dim=-1):
    n = y.shape[dim]
    pairs = y.narrow(dim, 1, n - 1) + y.narrow(dim, 0, n - 1)
    return (pairs * (dx if x is None else torch.diff(x, dim=dim))).sum(dim) / 2


def cov(input, *, correction=1, fweights=None, aweights=None):
    x = torch.atleast_2d(input)
    x = x if x.is_floating_point() else x.to(torch.get_default_dtype())
    if fweights is None and aweights is None:
        x = x - x.mean(1, keepdim=True)
        return (x @ x.T / max(x.shape[1] - correction, 0)).squeeze()
    counts = torch.ones(x.shape[1], dtype=x.dtype) if fweights is None else fweights.to(x.dtype)
    w = counts if aweights is None else counts * aweights
    total = w.sum()
    x = x - (x * w).sum(1, keepdim=True) / total
    spread = total if aweights is None else total - correction * (w * aweights).sum() / total + correction
    return (x * w @ x.T / (spread - correction).clamp(min=0)).squeeze()


def corrcoef(input):
    c = torch.atleast_2d(cov(input))
    d = c.diagonal().sqrt()
    return (c / d.unsqueeze(1) / d).clamp(-1, 1).squeeze()


def vander(x, N=None, increasing=False):
    n = len(x) if N is None else N
    powers = torch.arange(n)
    return x.unsqueeze(1) ** (powers if increasing else powers.flip(0))


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    return beta * input + alpha * torch.outer(vec1, vec2)


def _integers(function):
    def apply(input, other):
        a, b = torch.broadcast_tensors(input, torch.as_tensor(other))
        pairs = zip(a.flatten().tolist(), b.flatten().tolist())
        return torch.tensor([function(x, y) for x, y in pairs], dtype=torch.int64).view(a.shape)

    return apply


gcd = _integers(math.gcd)
lcm = _integers(math.lcm)


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    src = src.narrow(dim, 0, index.shape[dim])
    ones = torch.zeros_like(input).scatter_add(dim, index, torch.ones_like(src))
    if reduce in ("sum", "mean"):
        base = input if include_self else torch.where(ones > 0, torch.zeros_like(input), input)
        total = base.scatter_add(dim, index, src)
        return total / (ones + (1 if include_self else 0)).clamp(min=1) if reduce == "mean" else total
    if reduce not in ("amax", "amin", "prod"):
        raise RuntimeError(f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}")
    # One row of places after the other.
    start = {"amax": -math.inf, "amin": math.inf, "prod": 1}[reduce]
    out = input if include_self else torch.where(ones > 0, torch.full_like(input, start), input)
    join = {"amax": torch.maximum, "amin": torch.minimum, "prod": torch.mul}[reduce]
    for i in range(index.shape[dim]):
        at, new = index.narrow(dim, i, 1), src.narrow(dim, i, 1)
        out = out.scatter(dim, at, join(out.gather(dim, at), new))
    return out


def _return(name, fields, values):
    """A result with named parts."""
    found = _namedtuple(name, fields)
    found.__repr__ = lambda self: f"torch.return_types.{name}(\n" + ",\n".join(f"{f}={v!r}" for f, v in zip(fields, self)) + ")"
    return found(*values)


def repeat_interleave(input, repeats=None, dim=None, *, output_size=None):
    if repeats is None:
        return torch.arange(len(input)).repeat_interleave(input)
    x, dim = (input.reshape(-1), 0) if dim is None else (input, dim)
    n = x.shape[dim]
    if not torch.is_tensor(repeats):
        places = torch.arange(n).unsqueeze(1).expand(n, repeats).reshape(-1)
    else:
        ends = repeats.expand(n).cumsum(0)
        places = torch.bucketize(torch.arange(ends[-1].item() if n else 0), ends, right=True)
    return x.index_select(dim, places.to(x.device))


def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=None):
    made = torch.as_tensor(obj, dtype=dtype, device=device)
    if copy:
        made = made.clone()
    if requires_grad is None or made.requires_grad == requires_grad:
        return made
    return made.requires_grad_() if requires_grad else made.detach()


def bitwise_left_shift(input, other):
    return input << other


def bitwise_right_shift(input, other):
    return input >> other


def diagflat(input, offset=0):
    return torch.diag(input.reshape(-1), offset)


def hsplit(input, indices_or_sections):
    return torch.tensor_split(input, indices_or_sections, 0 if input.ndim == 1 else 1)


def vsplit(input, indices_or_sections):
    return torch.tensor_split(input, indices_or_sections, 0)


def float_power(input, exponent):
    return torch.pow(torch.as_tensor(input, dtype=torch.float64), exponent)


def logit(input, eps=None):
    x = input
    if eps is not None:
        x = torch.where(x < eps, eps, torch.where(x > 1 - eps, 1 - eps, x))
    return torch.log(x / (1 - x))


def renorm(input, p, dim, maxnorm):
    norms = torch.linalg.vector_norm(input, p, [i for i in range(input.ndim) if i != dim % input.ndim], True)
    return torch.where(norms > maxnorm, input * (maxnorm / (norms + 1e-7)), input)


def logcumsumexp(input, dim):
    high = input.max(dim, keepdim=True)[0]
    return torch.log(torch.cumsum(torch.exp(input - high), dim)) + high


trapz = trapezoid
row_stack = torch.vstack
strided = "torch.strided"
layout = str
abs_ = torch.Tensor.abs_
ceil_ = torch.Tensor.ceil_
cos_ = torch.Tensor.cos_
exp_ = torch.Tensor.exp_
floor_ = torch.Tensor.floor_
log_ = torch.Tensor.log_
neg_ = torch.Tensor.neg_
relu_ = torch.Tensor.relu_
round_ = torch.Tensor.round_
rsqrt_ = torch.Tensor.rsqrt_
sigmoid_ = torch.Tensor.sigmoid_
sin_ = torch.Tensor.sin_
sqrt_ = torch.Tensor.sqrt_
square_ = torch.Tensor.square_
tanh_ = torch.Tensor.tanh_
trunc_ = torch.Tensor.trunc_
zero_ = torch.Tensor.zero_
