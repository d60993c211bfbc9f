"""Names that annotations use; none of them does anything."""

from collections import namedtuple as _namedtuple

TYPE_CHECKING = False


class _Alias:
    def __init__(self, name, args=()):
        self._name = name
        self.__args__ = args

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        return _Alias(self._name, args)

    def __call__(self, *args, **kwargs):
        made = {"List": list, "Dict": dict, "Set": set, "FrozenSet": frozenset, "Tuple": tuple}.get(self._name)
        if made is None:
            raise TypeError(f"Type {self._name} cannot be instantiated")
        return made(*args, **kwargs)

    def __or__(self, other):
        return _Alias("Union", (self, other))

    def __ror__(self, other):
        return _Alias("Union", (other, self))

    def __eq__(self, other):
        return isinstance(other, _Alias) and (self._name, self.__args__) == (other._name, other.__args__)

    def __hash__(self):
        return hash(self._name)

    def __repr__(self):
        if self._name == "Optional" and self.__args__:
            return f"typing.Optional[{_shown(self.__args__[0])}]"
        shown = f"[{', '.join(map(_shown, self.__args__))}]" if self.__args__ else ""
        return f"typing.{self._name}{shown}"


def _shown(arg):
    if arg is ...:
        return "..."
    if isinstance(arg, list):
        return f"[{', '.join(map(_shown, arg))}]"
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


Any = _Alias("Any")
AnyStr = _Alias("AnyStr")
Optional = _Alias("Optional")
Union = _Alias("Union")
List = _Alias("List")
Dict = _Alias("Dict")
Tuple = _Alias("Tuple")
Set = _Alias("Set")
FrozenSet = _Alias("FrozenSet")
Type = _Alias("Type")
Callable = _Alias("Callable")
Iterable = _Alias("Iterable")
Iterator = _Alias("Iterator")
Generator = _Alias("Generator")
Sequence = _Alias("Sequence")
MutableSequence = _Alias("MutableSequence")
Mapping = _Alias("Mapping")
MutableMapping = _Alias("MutableMapping")
Collection = _Alias("Collection")
Container = _Alias("Container")
Hashable = _Alias("Hashable")
Sized = _Alias("Sized")
DefaultDict = _Alias("DefaultDict")
Deque = _Alias("Deque")
Counter = _Alias("Counter")
OrderedDict = _Alias("OrderedDict")
ClassVar = _Alias("ClassVar")
Final = _Alias("Final")
Literal = _Alias("Literal")
Annotated = _Alias("Annotated")
Concatenate = _Alias("Concatenate")
Self = _Alias("Self")
NoReturn = _Alias("NoReturn")
Never = _Alias("Never")
LiteralString = _Alias("LiteralString")
TypeAlias = _Alias("TypeAlias")
TypeGuard = _Alias("TypeGuard")
Text = str
SupportsFloat = _Alias("SupportsFloat")
SupportsInt = _Alias("SupportsInt")
SupportsIndex = _Alias("SupportsIndex")


class Generic:
    __module__ = "typing"

    def __class_getitem__(cls, args):
        return cls


class Protocol:
    __module__ = "typing"

    def __class_getitem__(cls, args):
        return cls


class TypeVar:
    __module__ = "typing"

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__bound__ = bound
        self.__constraints__ = constraints
        self._sign = "+" if covariant else "-" if contravariant else "~"

    def __or__(self, other):
        return _Alias("Union", (self, other))

    def __repr__(self):
        return self._sign + self.__name__


class ParamSpec(TypeVar):
    args = None
    kwargs = None


def NewType(name, tp):
    def new(x):
        return x

    new.__name__ = name
    new.__supertype__ = tp
    return new


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def override(method):
    return method


def runtime_checkable(cls):
    cls._checkable = True
    return cls


def get_type_hints(obj, *args):
    return dict(getattr(obj, "__annotations__", {}))


def get_origin(tp):
    return None


def get_args(tp):
    return getattr(tp, "__args__", ())


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        types = namespace.get("__annotations__", {})
        defaults = []
        for field in types:
            if field in namespace:
                defaults.append(namespace[field])
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default field")
        made = _namedtuple(name, list(types), defaults=defaults, module=namespace.get("__module__"))
        made.__annotations__ = types
        for key, value in namespace.items():
            if key not in types and key not in ("__annotations__", "__module__", "__qualname__"):
                setattr(made, key, value)
        return made

    def __call__(cls, typename, fields=(), **kwargs):
        return _namedtuple(typename, [field for field, _ in [*fields, *kwargs.items()]])


class NamedTuple(metaclass=_NamedTupleMeta):
    __module__ = "typing"


class _TypedDictMeta(type):
    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)


class TypedDict(metaclass=_TypedDictMeta):
    __module__ = "typing"

    def __init_subclass__(cls, total=True):
        cls.__total__ = total
