"""Whole matrices of derivatives, row by row, and products with them."""
import torch
from torch import Tensor
from torch.autograd import grad

OUTPUTS = "outputs of the user-provided function"


def _tensors(values, what, where):
    """Whether there are several, and all of them as a tuple."""
    several = isinstance(values, tuple)
    tensors = values if several else (values,)
    for i, value in enumerate(tensors):
        if not isinstance(value, Tensor):
            got = f"value at index {i}" if several else f"given {what}"
            given = f"{what} given to {where}"
            raise TypeError(
                f"The {given} must be either a Tensor or a tuple of Tensors but the {got} has type {type(value)}."
            )
    return several, tensors


def _leaves(inputs, create_graph):
    """Tensors of these values that nothing else depends on."""
    return tuple([x.view(x.shape) if create_graph and x.requires_grad else x.detach().requires_grad_() for x in inputs])


def _pull(outputs, inputs, seeds, create_graph):
    """The gradients of the inputs; zeros where nothing flows."""
    pairs = [(out, seed) for out, seed in zip(outputs, seeds) if out.requires_grad]
    if not pairs:
        return tuple([torch.zeros_like(x) for x in inputs])
    outputs, seeds = [out for out, _ in pairs], [seed for _, seed in pairs]
    return grad(outputs, inputs, seeds, retain_graph=True, create_graph=create_graph, materialize_grads=True)


def _demand(outputs, strict):
    for i, out in enumerate(outputs):
        if strict and not out.requires_grad:
            raise RuntimeError(
                f"Output {i} of the user-provided function does not require gradients. The outputs must be computed in "
                "a differentiable manner from the input when running in strict mode."
            )


def _seeds(v, outputs, like):
    """The vector of a product, one part for each of the tensors that it multiplies."""
    if v is None:
        if len(outputs) != 1 or outputs[0].numel() != 1:
            raise RuntimeError(
                "The vector v can only be None if the "
                + ("user-provided function returns" if like == OUTPUTS else "input to the user-provided function is")
                + " a single Tensor with a single element."
            )
        return (torch.ones_like(outputs[0]),)
    _, v = _tensors(v, "v", "the function")
    if len(v) != len(outputs):
        raise RuntimeError(f"v is a tuple of invalid length: should be {len(outputs)} but got {len(v)}.")
    for i, (part, out) in enumerate(zip(v, outputs)):
        if part.shape != out.shape:
            where = f"Entry {i} in v" if len(v) > 1 else "v"
            raise RuntimeError(f"{where} has invalid size: should be {out.shape} but got {part.shape}.")
    return v


def _plain(tensors, several, create_graph):
    if not create_graph:
        tensors = tuple([t.detach() for t in tensors])
    return tensors if several else tensors[0]


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    """The derivatives of every element of the outputs by every element of the inputs."""
    with torch.enable_grad():
        several, inputs = _tensors(inputs, "inputs", "jacobian")
        xs = _leaves(inputs, create_graph)
        many, outputs = _tensors(func(*xs), OUTPUTS, "jacobian")
        _demand(outputs, strict)
        table = []
        for out in outputs:
            flat = out.reshape(-1)
            rows = [_pull((flat[j],), xs, (None,), create_graph) for j in range(out.numel())]
            parts = []
            for i, x in enumerate(xs):
                shape = tuple(out.shape) + tuple(x.shape)
                parts.append(torch.stack([row[i] for row in rows]).view(shape) if rows else torch.zeros(shape))
            table.append(tuple(parts) if several else parts[0])
    return tuple(table) if many else table[0]


def _scalar(func, where):
    def only(*xs):
        out = func(*xs)
        if isinstance(out, tuple):
            raise RuntimeError(f"The function given to {where} should return a single Tensor")
        _tensors(out, OUTPUTS, where)
        if out.numel() != 1:
            raise RuntimeError(
                f"The Tensor returned by the function given to {where} should contain a single element"
            )
        return out.reshape(())

    return only


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    """The second derivatives of a scalar."""
    several, inputs = _tensors(inputs, "inputs", "hessian")
    scalar = _scalar(func, "hessian")
    table = jacobian(lambda *xs: jacobian(scalar, xs, create_graph=True), inputs, create_graph, strict)
    return table if several else table[0][0]


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """The outputs, and v times the matrix of derivatives."""
    with torch.enable_grad():
        several, inputs = _tensors(inputs, "inputs", "vjp")
        xs = _leaves(inputs, create_graph)
        many, outputs = _tensors(func(*xs), OUTPUTS, "vjp")
        _demand(outputs, strict)
        product = _pull(outputs, xs, _seeds(v, outputs, OUTPUTS), create_graph)
    return _plain(outputs, many, create_graph), _plain(product, several, create_graph)


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """The outputs, and the matrix of derivatives times v: the gradient of a gradient by what it began with."""
    with torch.enable_grad():
        several, inputs = _tensors(inputs, "inputs", "jvp")
        xs = _leaves(inputs, create_graph)
        many, outputs = _tensors(func(*xs), OUTPUTS, "jvp")
        _demand(outputs, strict)
        begun = tuple([torch.zeros_like(out).requires_grad_() for out in outputs])
        back = _pull(outputs, xs, begun, True)
        product = _pull(back, begun, _seeds(v, xs, "inputs"), create_graph)
    return _plain(outputs, many, create_graph), _plain(product, many, create_graph)


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """The value of a scalar, and v times its second derivatives."""
    with torch.enable_grad():
        several, inputs = _tensors(inputs, "inputs", "vhp")
        xs = _leaves(inputs, create_graph)
        out = _scalar(func, "vhp")(*xs)
        first = _pull((out,), xs, (None,), True)
        product = _pull(first, xs, _seeds(v, xs, "inputs"), create_graph)
    return _plain((out,), False, create_graph), _plain(product, several, create_graph)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """The same from the other side: second derivatives are symmetric."""
    return vhp(func, inputs, v, create_graph, strict)
