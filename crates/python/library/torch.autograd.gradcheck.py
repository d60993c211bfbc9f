"""Gradients against differences of values."""
import torch
from torch import Tensor
from torch.autograd import grad


class GradcheckError(RuntimeError):
    """Gradients and differences do not agree."""

    __module__ = "torch.autograd.gradcheck"


def _tuple(x):
    return tuple(x) if isinstance(x, (tuple, list)) else (x,)


def _asks(x):
    return isinstance(x, Tensor) and x.requires_grad


def _differentiable(x):
    return tuple([out for out in _tuple(x) if _asks(out)])


def _numerical(func, inputs, x, count, eps, only):
    """For each output the central differences, a row for each element of x."""
    flat = x.detach().view(-1)
    rows = [[] for _ in range(count)]
    for k in range(flat.numel()):
        value = flat[k].item()
        moved = []
        for step in (eps, -eps):
            flat[k] = value + step
            outputs = _tuple(func(*inputs))
            moved.append([out.detach().clone().reshape(-1) for out in outputs if _asks(out) or not only])
        flat[k] = value
        for row, above, below in zip(rows, moved[0], moved[1]):
            row.append((above - below) / (2 * eps))
    return [torch.stack(row) for row in rows]


def _analytical(out, xs):
    """For each input the derivatives of all elements of out, a column for each."""
    columns = []
    for j in range(out.numel()):
        seed = torch.zeros_like(out)
        seed.view(-1)[j] = 1
        columns.append(grad(out, xs, seed, retain_graph=True, materialize_grads=True))
    return [torch.stack([column[i].reshape(-1) for column in columns], 1) for i in range(len(xs))]


def _close(a, b, rtol, atol):
    a, b = a.double(), b.double()
    return bool(((a - b).abs() <= atol + rtol * b.abs()).all())


def _check(func, inputs, eps, atol, rtol, nondet_tol, undefined):
    xs = [x for x in inputs if _asks(x)]
    if not xs:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them have "
            "requires_grad=True."
        )
    for i, x in enumerate(inputs):
        if _asks(x) and not x.is_contiguous():
            raise RuntimeError(
                f"The {i}th input has gaps. You should call .contiguous on the input before passing it to gradcheck."
            )
    everything = [out for out in _tuple(func(*inputs)) if isinstance(out, Tensor)]
    outputs = [out for out in everything if out.requires_grad]
    count = len(outputs) or len(everything)
    numerical = [_numerical(func, inputs, x, count, eps, bool(outputs)) for x in xs]
    if not outputs:
        for row in numerical:
            for matrix in row:
                if bool((matrix != 0).any()):
                    raise GradcheckError("Numerical gradient for function expected to be zero")
        return True
    outputs = _differentiable(func(*inputs))
    for i, out in enumerate(outputs):
        analytical = _analytical(out, xs)
        for a, again in zip(analytical, _analytical(out, xs)):
            if not _close(a, again, 0.0, nondet_tol):
                raise GradcheckError(
                    "Backward is not reentrant, i.e., running backward with same input and grad_output multiple times "
                    "gives different values, although analytical gradient matches numerical gradient."
                    f"The tolerance for nondeterminism was {nondet_tol}."
                )
        for j, a in enumerate(analytical):
            n = numerical[j][i]
            if not _close(a, n, rtol, atol):
                raise GradcheckError(
                    f"Jacobian mismatch for output {i} with respect to input {j},\nnumerical:{n}\nanalytical:{a}\n"
                )
    zeros = [torch.zeros_like(out) for out in outputs]
    for gradient in grad(outputs, xs, zeros, allow_unused=True):
        if undefined and gradient is not None and bool((gradient != 0).any()):
            raise GradcheckError("backward not multiplied by grad_output")
    return True


def gradcheck(
    func,
    inputs,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    fast_mode=False,
):
    """Whether the gradients of func agree with differences of its values; to be asked in float64."""
    try:
        return _check(func, _tuple(inputs), eps, atol, rtol, nondet_tol, check_undefined_grad)
    except GradcheckError:
        if raise_exception:
            raise
        return False


def gradgradcheck(
    func,
    inputs,
    grad_outputs=None,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    fast_mode=False,
):
    """The same for the gradients of the gradients."""
    inputs = _tuple(inputs)
    if grad_outputs is None:
        outputs = _differentiable(func(*inputs))
        grad_outputs = [
            (torch.rand(out.shape, dtype=out.dtype, device=out.device) * 2 - 1).requires_grad_() for out in outputs
        ]
    grad_outputs = _tuple(grad_outputs)
    last = len(grad_outputs)

    def first(*args):
        outputs = _differentiable(func(*args[:-last]))
        xs = [x for x in args[:-last] if _asks(x)]
        found = grad(outputs, xs, args[-last:], create_graph=True, allow_unused=True)
        return tuple([g for g in found if g is not None])

    return gradcheck(
        first,
        inputs + grad_outputs,
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
    )
