"""What `torch` has beside its tables."""

from torch.serialization import load, save


def typename(obj):
    kind = type(obj)
    if kind.__name__ in ("Tensor", "Parameter"):
        return obj.type()
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def compile(model=None, **options):
    # Kernels are compiled, batched and cached as they come, so there is nothing left to do.
    return model if model is not None else lambda model: model
