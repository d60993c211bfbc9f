"""Tuples whose items have names."""

from _bind import bind as _bind


class _Field:
    def __init__(self, index):
        self.index = index

    def __get__(self, instance, owner=None):
        return self if instance is None else tuple.__getitem__(instance, self.index)

    def __set__(self, instance, value):
        raise AttributeError("can't set attribute")


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = [str(name) for name in field_names]
    if rename:
        seen = set()
        for i, name in enumerate(fields):
            if not name.isidentifier() or name.startswith("_") or name in seen:
                fields[i] = f"_{i}"
            seen.add(name)
    seen = set()
    for name in [typename, *fields]:
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
    for name in fields:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    fields = tuple(fields)
    values = tuple(defaults or ())
    if len(values) > len(fields):
        raise TypeError("Got more default values than field names")
    values = dict(zip(fields[len(fields) - len(values) :], values))

    def new(cls, /, *args, **kwargs):
        if len(args) != len(fields) or kwargs:
            args = _bind(f"{typename}.__new__", fields, values, args, kwargs)
        return tuple.__new__(cls, args)

    def make(cls, iterable):
        items = tuple(iterable)
        if len(items) != len(fields):
            raise TypeError(f"Expected {len(fields)} arguments, got {len(items)}")
        return tuple.__new__(cls, items)

    def replace(self, /, **kwargs):
        result = self._make(kwargs.pop(name, value) for name, value in zip(fields, self))
        if kwargs:
            raise ValueError(f"Got unexpected field names: {list(kwargs)!r}")
        return result

    def show(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(fields, self))
        return f"{type(self).__name__}({shown})"

    names = {
        "__module__": module or "__main__",
        "__slots__": (),
        "__doc__": f"{typename}({', '.join(fields)})",
        "__match_args__": fields,
        "_fields": fields,
        "_field_defaults": values,
        "__new__": new,
        "_make": classmethod(make),
        "_replace": replace,
        "_asdict": lambda self: dict(zip(fields, self)),
        "__repr__": show,
        "__getnewargs__": lambda self: tuple(self),
    }
    for i, name in enumerate(fields):
        names[name] = _Field(i)
    return type(typename, (tuple,), names)
