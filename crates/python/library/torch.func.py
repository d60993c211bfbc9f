"""Functions that make functions: gradients, matrices of derivatives and products with them."""
import torch
from torch import vmap
from torch.autograd import functional


def grad_and_value(func, argnums=0, has_aux=False):
    def wrapped(*args):
        with torch.enable_grad():
            args = list(args)
            places = argnums if isinstance(argnums, tuple) else (argnums,)
            xs = [args[i].view(args[i].shape) if args[i].requires_grad else args[i].detach().requires_grad_() for i in places]
            for i, x in zip(places, xs):
                args[i] = x
            out = func(*args)
            value = out[0] if has_aux else out
            if value.numel() != 1:
                raise RuntimeError(
                    f"grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with {value.dim()} dims. "
                    "Maybe you wanted to use the vjp or jacrev APIs instead?"
                )
            found = torch.autograd.grad(value, xs, create_graph=True, materialize_grads=True)
            asks = any([x.grad_fn is not None for x in xs])
            if not asks:
                found = tuple([g.detach() for g in found])
                value = value.detach()
        found = found if isinstance(argnums, tuple) else found[0]
        return (found, (value, _detached(out[1]))) if has_aux else (found, value)

    return wrapped


def grad(func, argnums=0, has_aux=False):
    both = grad_and_value(func, argnums, has_aux)

    def wrapped(*args):
        found, value = both(*args)
        return (found, value[1]) if has_aux else found

    return wrapped


def jacrev(func, argnums=0):
    def wrapped(*args):
        def one(x):
            return func(*args[:argnums], x, *args[argnums + 1 :])

        return functional.jacobian(one, args[argnums], create_graph=args[argnums].requires_grad)

    return wrapped


def jacfwd(func, argnums=0):
    return jacrev(func, argnums)


def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)


def jvp(func, primals, tangents):
    return functional.jvp(func, tuple(primals), tuple(tangents))


def vjp(func, *primals, has_aux=False):
    with torch.enable_grad():
        xs = [x.detach().requires_grad_() for x in primals]
        out = func(*xs)
    out, aux = out if has_aux else (out, None)
    outs = _leaves(out)

    def pull(cotangents):
        given = _leaves(cotangents)
        if len(given) != len(outs):
            raise RuntimeError("Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function.")
        return torch.autograd.grad(outs, xs, given, retain_graph=True, materialize_grads=True)

    return (_detached(out), pull, _detached(aux)) if has_aux else (_detached(out), pull)


def functional_call(module, parameter_and_buffer_dicts, args, kwargs=None):
    """The module's result as if its parameters were these."""
    given = parameter_and_buffer_dicts
    if not isinstance(given, dict):
        given = {name: value for part in given for name, value in part.items()}
    held = []
    for path, value in given.items():
        owner, _, name = path.rpartition(".")
        owner = module.get_submodule(owner)
        held.append((owner, name, getattr(owner, name)))
        object.__setattr__(owner, name, value)
    try:
        return module(*(args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    finally:
        for owner, name, value in held:
            object.__setattr__(owner, name, value)


def _leaves(tree):
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, (tuple, list)) else None
    return [tree] if parts is None else [leaf for part in parts for leaf in _leaves(part)]


def _detached(tree):
    if isinstance(tree, dict):
        return {k: _detached(x) for k, x in tree.items()}
    return type(tree)([_detached(x) for x in tree]) if isinstance(tree, (tuple, list)) else tree.detach()
