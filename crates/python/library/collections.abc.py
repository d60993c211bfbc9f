"""What containers can do, for isinstance."""

from abc import ABCMeta as _ABCMeta


class _ByMethods(_ABCMeta):
    def __subclasscheck__(cls, subclass):
        needs = cls.__dict__.get("_needs")
        if needs is None or "__abstractmethods__" in subclass.__dict__ and cls in subclass.__mro__:
            return super().__subclasscheck__(subclass)
        return all(getattr(subclass, name, None) is not None for name in needs)


class Hashable(metaclass=_ByMethods):
    _needs = ("__hash__",)


class Iterable(metaclass=_ByMethods):
    _needs = ("__iter__",)


class Iterator(Iterable):
    _needs = ("__iter__", "__next__")

    def __iter__(self):
        return self


class Generator(Iterator):
    _needs = ("__iter__", "__next__", "send", "throw", "close")


class Reversible(Iterable):
    _needs = ("__iter__", "__reversed__")


class Sized(metaclass=_ByMethods):
    _needs = ("__len__",)


class Container(metaclass=_ByMethods):
    _needs = ("__contains__",)


class Callable(metaclass=_ByMethods):
    _needs = ("__call__",)


class Collection(Sized, Iterable, Container):
    _needs = ("__len__", "__iter__", "__contains__")


class Sequence(Collection):
    def __contains__(self, value):
        return any(x is value or x == value for x in self)

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value, start=0, stop=None):
        for i in range(start, len(self) if stop is None else stop):
            if self[i] is value or self[i] == value:
                return i
        raise ValueError

    def count(self, value):
        return sum(1 for x in self if x is value or x == value)


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def reverse(self):
        items = list(self)[::-1]
        for i, x in enumerate(items):
            self[i] = x

    def clear(self):
        while len(self):
            self.pop()

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(Collection):
    def __le__(self, other):
        return all(x in other for x in self)

    def __eq__(self, other):
        return len(self) == len(other) and all(x in other for x in self)

    def isdisjoint(self, other):
        return not any(x in self for x in other)


class MutableSet(Set):
    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)


class Mapping(Collection):
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    def pop(self, key, *default):
        if key not in self and default:
            return default[0]
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]

    def popitem(self):
        key = next(iter(self))
        return key, self.pop(key)


class ByteString(Sequence):
    pass


class KeysView(Set):
    pass


class ValuesView(Collection):
    pass


class ItemsView(Set):
    pass


def _register(cls, *types):
    for one in types:
        cls.register(one)


_register(Sequence, list, tuple, str, range, bytes)
_register(MutableSequence, list)
_register(Set, set, frozenset, type({}.keys()), type({}.items()))
_register(MutableSet, set)
_register(Mapping, dict)
_register(MutableMapping, dict)
_register(ByteString, bytes)
_register(KeysView, type({}.keys()))
_register(ValuesView, type({}.values()))
_register(ItemsView, type({}.items()))
