# typing: names that do nothing, and classes that use them.
from __future__ import annotations
from typing import TYPE_CHECKING, Any, Callable, Dict, Generic, Iterable, List, Optional, Protocol, Sequence, Tuple, TypedDict, TypeVar, Union, cast

if TYPE_CHECKING:
    from nowhere import Nothing

T = TypeVar("T")
Vector = List[float]
Handler = Callable[[int, str], Optional[bool]]


def scale(v: Vector, k: float = 2.0, *, name: Optional[str] = None) -> Vector:
    return [x * k for x in v]


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self

    def pop(self) -> T:
        return self.items.pop()


class Speaks(Protocol):
    def speak(self) -> str: ...


class Dog:
    def speak(self) -> str:
        return "woof"


def talk(x: Speaks) -> str:
    return x.speak()


class Movie(TypedDict):
    name: str
    year: int


x: int = 5
y: "Undefined | None"
z: Dict[str, Tuple[int, ...]] = {"a": (1, 2)}
m: Movie = {"name": "Up", "year": 2009}
print(scale([1, 2]), Stack[int]().push(1).push(2).pop(), talk(Dog()), x, z, m, Movie(name="A", year=1), cast(int, "no check"), isinstance(5, int | str))
print(Optional[int], List[int], Dict[str, int], Union[int, str], Tuple[int, ...], Callable[[int], str], Any, T, int | None)


def f(a: int | None = None, *args: Any, **kwargs: Union[int, str]) -> Iterable[Sequence[int]]:
    b: list[int] = [a or 0]
    return [b]


print(f(), f(3))
