"""What `torch` has beside its tables."""

import copy

_files = {}


def typename(obj):
    kind = type(obj)
    if kind.__name__ in ("Tensor", "Parameter"):
        return obj.type()
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def save(obj, f):
    # There are no files here: what is saved lasts as long as the run.
    _files[str(f)] = copy.deepcopy(obj)


def load(f, map_location=None, *, weights_only=True):
    if str(f) not in _files:
        raise FileNotFoundError(f"[Errno 2] No such file or directory: {str(f)!r}")
    return copy.deepcopy(_files[str(f)])


def compile(model=None, **options):
    # Kernels are compiled, batched and cached as they come, so there is nothing left to do.
    return model if model is not None else lambda model: model
