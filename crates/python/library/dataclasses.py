"""Classes that are mostly their attributes."""

from _bind import bind as _bind


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()


class FrozenInstanceError(AttributeError):
    __module__ = "dataclasses"


class KW_ONLY:
    pass


class InitVar:
    def __class_getitem__(cls, type):
        return cls


class Field:
    __module__ = "dataclasses"

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only
        self._init_only = False

    def __repr__(self):
        return f"Field(name={self.name!r},type={self.type!r},default={self.default!r})"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(cls=None, /, **options):
    if cls is None:
        return lambda cls: _process(cls, **options)
    return _process(cls, **options)


def _text(annotation):
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")


def _collect(cls, kw_only):
    own = {}
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        text = _text(annotation).split(".")[-1]
        if text.startswith("ClassVar"):
            continue
        if text == "KW_ONLY":
            kw_only = True
            continue
        default = cls.__dict__.get(name, MISSING)
        one = default if isinstance(default, Field) else field(default=default)
        one.name = name
        one.type = annotation
        one._init_only = text.startswith("InitVar")
        if one.kw_only is MISSING:
            one.kw_only = kw_only
        if isinstance(one.default, (list, dict, set)):
            raise ValueError(
                f"mutable default {type(one.default)} for field {name} is not allowed: use default_factory"
            )
        if isinstance(default, Field):
            if one.default is not MISSING:
                setattr(cls, name, one.default)
            else:
                delattr(cls, name)
        own[name] = one
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in own:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return own


def _process(
    cls,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    all_fields = {}
    for base in cls.__mro__[-1:0:-1]:
        all_fields.update(base.__dict__.get("__dataclass_fields__", {}))
        if "__dataclass_fields__" in base.__dict__ and base.__dict__["__dataclass_frozen__"] != frozen:
            kinds = "frozen", "non-frozen"
            kinds = kinds if not frozen else kinds[::-1]
            raise TypeError(f"cannot inherit {kinds[1]} dataclass from a {kinds[0]} one")
    all_fields.update(_collect(cls, kw_only))
    cls.__dataclass_fields__ = all_fields
    cls.__dataclass_frozen__ = frozen
    shown = [f for f in all_fields.values() if not f._init_only]
    given = [f for f in all_fields.values() if f.init]
    names = [f.name for f in given if not f.kw_only]
    only = [f.name for f in given if f.kw_only]
    defaulted = False
    for f in given:
        if f.kw_only:
            continue
        if f.default is not MISSING or f.default_factory is not MISSING:
            defaulted = True
        elif defaulted:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    defaults = {f.name: f.default for f in given if f.default is not MISSING}
    defaults.update({f.name: f.default_factory for f in given if f.default_factory is not MISSING})
    factories = {f.name for f in given if f.default_factory is not MISSING}
    late = [f for f in shown if not f.init]
    called = f"{cls.__qualname__}.__init__"
    compared = [f.name for f in shown if f.compare]

    def initialize(self, /, *args, **kwargs):
        values = _bind(called, names, defaults, args, kwargs, only)
        extra = []
        for name, value in zip((*names, *only), values):
            if name in factories and value is defaults[name]:
                value = value()
            if all_fields[name]._init_only:
                extra.append(value)
            else:
                object.__setattr__(self, name, value)
        for f in late:
            if f.default_factory is not MISSING:
                object.__setattr__(self, f.name, f.default_factory())
        if hasattr(self, "__post_init__"):
            self.__post_init__(*extra)

    def show(self):
        parts = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in shown if f.repr)
        return f"{type(self).__qualname__}({parts})"

    def parts(self):
        return tuple(getattr(self, name) for name in compared)

    def equal(self, other):
        return parts(self) == parts(other) if type(other) is type(self) else NotImplemented

    def less(self, other):
        return parts(self) < parts(other) if type(other) is type(self) else NotImplemented

    def less_equal(self, other):
        return parts(self) <= parts(other) if type(other) is type(self) else NotImplemented

    def greater(self, other):
        return parts(self) > parts(other) if type(other) is type(self) else NotImplemented

    def greater_equal(self, other):
        return parts(self) >= parts(other) if type(other) is type(self) else NotImplemented

    def hashed(self):
        return hash(tuple(getattr(self, f.name) for f in shown if (f.compare if f.hash is None else f.hash)))

    def refuse_set(self, name, value):
        if type(self) is cls or name in all_fields:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def refuse_delete(self, name):
        if type(self) is cls or name in all_fields:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    own = cls.__dict__
    explicit_hash = "__hash__" in own
    if init:
        _put(cls, "__init__", initialize)
    if repr and "__repr__" not in own:
        _put(cls, "__repr__", show)
    if eq and "__eq__" not in own:
        _put(cls, "__eq__", equal)
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")
        pairs = {"__lt__": less, "__le__": less_equal, "__gt__": greater, "__ge__": greater_equal}
        for name, method in pairs.items():
            if name in own:
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
                )
            _put(cls, name, method)
    if frozen:
        _put(cls, "__setattr__", refuse_set)
        _put(cls, "__delattr__", refuse_delete)
    if unsafe_hash or eq and frozen and not explicit_hash:
        _put(cls, "__hash__", hashed)
    elif eq and not explicit_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple(names)
    if "__doc__" not in own:
        cls.__doc__ = f"{cls.__name__}({', '.join(map(_signature, given))})"
    return cls


def _signature(f):
    kind = f.type if isinstance(f.type, str) else getattr(f.type, "__name__", repr(f.type))
    if f.default is not MISSING:
        return f"{f.name}: {kind} = {f.default!r}"
    return f"{f.name}: {kind}" + (" = <factory>" if f.default_factory is not MISSING else "")


def _put(cls, name, method):
    method.__name__ = name
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, method)


def fields(class_or_instance):
    if not hasattr(class_or_instance, "__dataclass_fields__"):
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(f for f in class_or_instance.__dataclass_fields__.values() if not f._init_only)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _inside(obj, make):
    if is_dataclass(obj) and not isinstance(obj, type):
        return make(obj)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_inside(x, make) for x in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_inside(x, make) for x in obj)
    if isinstance(obj, dict):
        return type(obj)((_inside(k, make), _inside(v, make)) for k, v in obj.items())
    return obj if isinstance(obj, (int, float, str, bool, type(None))) else _copied(obj)


def _copied(obj):
    from copy import deepcopy

    return deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("asdict() should be called on dataclass instances")

    def make(one):
        return dict_factory([(f.name, _inside(getattr(one, f.name), make)) for f in fields(one)])

    return make(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("astuple() should be called on dataclass instances")

    def make(one):
        return tuple_factory([_inside(getattr(one, f.name), make) for f in fields(one)])

    return make(obj)


def replace(obj, /, **changes):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("replace() should be called on dataclass instances")
    for f in obj.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
        elif f.name not in changes:
            if f._init_only and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    names = dict(namespace or {})
    annotations = {}
    for one in fields:
        name, kind, *default = (one, "typing.Any") if isinstance(one, str) else one
        annotations[name] = kind
        if default:
            names[name] = default[0]
    names["__annotations__"] = annotations
    return dataclass(type(cls_name, tuple(bases), names), **options)
