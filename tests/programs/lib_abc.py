# abc and collections.abc
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableMapping, Sequence, Sized


class Shape(ABC):
    @abstractmethod
    def area(self):
        """In square units."""

    @property
    @abstractmethod
    def name(self):
        ...

    def describe(self):
        return f"{self.name} of {self.area()}"


class Square(Shape):
    name = "square"

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


class Half(Shape):
    def area(self):
        return super().area()


print(Square(3).describe(), isinstance(Square(1), Shape), issubclass(Square, Shape), sorted(Shape.__abstractmethods__))
for cls in (Shape, Half):
    try:
        cls()
    except TypeError as e:
        print(e)


class Other(metaclass=ABCMeta):
    @classmethod
    @abstractmethod
    def make(cls):
        pass


try:
    Other()
except TypeError as e:
    print(e)
for x in [[], (), "", {}, set(), 5, range(3), iter([]), (i for i in []), print, lambda: 0, None]:
    kinds = [Iterable, Iterator, Sequence, Mapping, Sized, Callable, Hashable]
    print("".join("x" if isinstance(x, k) else "." for k in kinds), end=" ")
print()


class Countdown:
    def __iter__(self):
        return iter([3, 2, 1])


print(isinstance(Countdown(), Iterable), isinstance(Countdown(), Sized))


class Lower(MutableMapping):
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return self.d[k.lower()]

    def __setitem__(self, k, v):
        self.d[k.lower()] = v

    def __delitem__(self, k):
        del self.d[k.lower()]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


m = Lower()
m["A"] = 1
m.update({"B": 2})
print(m["a"], m.get("zz", 0), "B" in m, len(m), sorted(m.items()), m.pop("A"), list(m), isinstance(m, Mapping))


class Evens(Sequence):
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * 2

    def __len__(self):
        return 3


e = Evens()
print(list(e), 4 in e, e.index(2), list(reversed(e)), e.count(0))
