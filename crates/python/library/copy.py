"""Copies."""


class Error(Exception):
    pass


_functions = (type(lambda: None), type(len))


def _is_atom(x):
    return x is None or isinstance(x, (int, float, str, bytes, range, type, _functions)) or not hasattr(x, "__dict__")


def copy(x):
    if isinstance(x, (list, dict, set)) and hasattr(type(x), "copy") and type(x) in (list, dict, set):
        return x.copy()
    if hasattr(type(x), "__copy__"):
        return x.__copy__()
    if hasattr(x, "detach"):
        return x.detach().clone()
    if isinstance(x, (tuple, frozenset)) or _is_atom(x):
        return x
    return _rebuilt(x, lambda value: value)


def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)][0]
    made = _deep(x, memo)
    # The original is kept as well, so that its id stays its own.
    memo[id(x)] = (made, x)
    return made


def _deep(x, memo):
    kind = type(x)
    if hasattr(kind, "__deepcopy__"):
        return x.__deepcopy__(memo)
    if kind is list:
        made = []
        memo[id(x)] = (made, x)
        made.extend(deepcopy(item, memo) for item in x)
        return made
    if kind is dict:
        made = {}
        memo[id(x)] = (made, x)
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if isinstance(x, tuple):
        items = [deepcopy(item, memo) for item in x]
        if kind is tuple:
            return x if all(a is b for a, b in zip(items, x)) else tuple(items)
        return tuple.__new__(kind, items)
    if kind in (set, frozenset):
        return kind(deepcopy(item, memo) for item in x)
    if hasattr(x, "detach") and hasattr(x, "requires_grad"):
        if not x.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  "
                "If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see "
                "https://github.com/pytorch/pytorch/pull/103001"
            )
        made = x.detach().clone()
        made = kind(made, x.requires_grad) if kind.__name__ == "Parameter" else made.requires_grad_(x.requires_grad)
        if x.grad is not None:
            made.grad = x.grad.clone()
        return made
    if kind.__name__ == "ndarray":
        return x.copy()
    if _is_atom(x):
        return x
    return _rebuilt(x, lambda value: deepcopy(value, memo), memo)


def _rebuilt(x, of, memo=None):
    made = object.__new__(type(x))
    if memo is not None:
        memo[id(x)] = (made, x)
    for name, value in x.__dict__.items():
        object.__setattr__(made, name, of(value))
    if isinstance(x, dict):
        for key, value in x.items():
            made[of(key)] = of(value)
    if isinstance(x, list):
        made.extend(of(item) for item in x)
    if isinstance(x, set):
        made.update([of(item) for item in x])
    return made
