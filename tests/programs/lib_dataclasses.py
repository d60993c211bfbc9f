# dataclasses
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from typing import ClassVar, List


@dataclass
class Point:
    x: int
    y: int = 0

    def dist(self):
        return (self.x**2 + self.y**2) ** 0.5


p = Point(3, 4)
print(p, p.dist(), p == Point(3, 4), p != Point(3), Point(x=1), asdict(p), astuple(p), replace(p, y=9), [f.name for f in fields(p)], is_dataclass(p))
p.x = 10
print(p, Point.__match_args__, p.y)


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    tags: tuple = field(default=(), compare=False, repr=False)


print(Version(1, 2) < Version(1, 10), sorted([Version(2), Version(1, 5)]), hash(Version(1)) == hash(Version(1)), {Version(1): "a"}[Version(1)], max(Version(0), Version(3)))
try:
    Version(1).major = 5
except FrozenInstanceError as e:
    print(type(e).__name__, e)


@dataclass
class Inventory:
    kinds: ClassVar[int] = 3
    name: str = "default"
    items: List[str] = field(default_factory=list)
    total: float = field(init=False)
    secret: str = field(default="s", repr=False)

    def __post_init__(self):
        self.total = len(self.items) * 1.5


a, b = Inventory("a", ["x", "y"]), Inventory()
b.items.append("z")
print(a, b, Inventory.kinds, a.secret, Inventory().items)


@dataclass
class Base:
    a: int
    b: int = 2


@dataclass
class Child(Base):
    c: int = 3
    b: int = 20

    def __repr__(self):
        return f"<{self.a} {self.b} {self.c}>"


print(Child(1), Child(1, 2, 3), [f.name for f in fields(Child)])


@dataclass
class Tree:
    value: int
    children: list["Tree"] = field(default_factory=list)


t = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
print(t, asdict(t))
for f in [lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, x=1), lambda: Base(b=1), lambda: replace(p, q=1), lambda: Version(1) < 5]:
    try:
        print(f())
    except TypeError as e:
        print(e)
try:

    @dataclass
    class Bad:
        items: list = []

except ValueError as e:
    print(e)
try:

    @dataclass
    class Worse:
        a: int = 1
        b: int

except TypeError as e:
    print(e)


@dataclass(kw_only=True)
class Options:
    lr: float = 0.1
    steps: int


print(Options(steps=5), Point(1) == (1, 0), Point.__doc__)
match Point(1, 2):
    case Point(x=1, y=b):
        print("y is", b)
