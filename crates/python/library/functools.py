"""Functions that work on functions."""

from collections import namedtuple as _namedtuple

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
WRAPPER_UPDATES = ("__dict__",)
_CacheInfo = _namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])
_missing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def reduce(function, sequence, initial=_missing, /):
    values = iter(sequence)
    if initial is _missing:
        initial = next(values, _missing)
        if initial is _missing:
            raise TypeError("reduce() of empty iterable with no initial value")
    for value in values:
        initial = function(initial, value)
    return initial


class partial:
    __module__ = "functools"

    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args)]
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"functools.partial({', '.join(parts)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner)
        return partial(bound, *self.args, **self.keywords)


def _key(args, kwargs, typed):
    key = (args, tuple(kwargs.items()))
    return (*key, tuple(map(type, args)), tuple(map(type, kwargs.values()))) if typed else key


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, False)
    if maxsize is not None and maxsize < 0:
        maxsize = 0
    return lambda function: _cached(function, maxsize, typed)


def cache(user_function, /):
    return _cached(user_function, None, False)


def _cached(function, maxsize, typed):
    held = {}
    counts = [0, 0]

    def wrapper(*args, **kwargs):
        key = _key(args, kwargs, typed) if kwargs or typed else args
        value = held.get(key, _missing)
        if value is not _missing:
            counts[0] += 1
            if maxsize is not None:
                held[key] = held.pop(key)
            return value
        counts[1] += 1
        value = function(*args, **kwargs)
        if maxsize != 0:
            held[key] = value
            if maxsize is not None and len(held) > maxsize:
                del held[next(iter(held))]
        return value

    def cache_clear():
        held.clear()
        counts[:] = [0, 0]

    update_wrapper(wrapper, function)
    wrapper.cache_info = lambda: _CacheInfo(*counts, maxsize, len(held))
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return wrapper


class cached_property:
    __module__ = "functools"

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value


def total_ordering(cls):
    has = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if _defines(cls, name)]
    if not has:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    own = getattr(cls, has[0])
    first = has[0][2:4]

    def less(self, other):
        result = own(self, other)
        if result is NotImplemented or first == "lt":
            return result
        if first == "le":
            return result and self != other
        return not result and (first == "ge" or self != other)

    def less_equal(self, other):
        result = own(self, other)
        if result is NotImplemented or first == "le":
            return result
        if first == "lt":
            return result or self == other
        return not result if first == "gt" else not result or self == other

    def greater(self, other):
        result = less_equal(self, other)
        return result if result is NotImplemented else not result

    def greater_equal(self, other):
        result = less(self, other)
        return result if result is NotImplemented else not result

    made = {"__lt__": less, "__le__": less_equal, "__gt__": greater, "__ge__": greater_equal}
    for name, method in made.items():
        if name not in has:
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def _defines(cls, name):
    return any(name in c.__dict__ for c in cls.__mro__[:-1])


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return K


def singledispatch(function):
    registry = {object: function}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for base, implementation in registry.items():
            if issubclass(cls, base) and base is not object:
                return implementation
        return function

    def register(cls, implementation=None):
        if implementation is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            hints = cls.__annotations__
            if not hints:
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` "
                    "or plain `@register` on an annotated function."
                )
            return register(next(iter(hints.values())), cls)
        registry[cls] = implementation
        return implementation

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f"{function.__name__} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kwargs)

    update_wrapper(wrapper, function)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return wrapper
