# collections.namedtuple and typing.NamedTuple.
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x, p[1], len(p), tuple(p), p == (1, 2), p._asdict(), p._replace(x=10), Point._fields, Point._make([3, 4]))
x, y = p
print(x + y, max(p), p + (3,), isinstance(p, tuple), {p: "key"}[(1, 2)], sorted([Point(2, 1), Point(1, 9)]), [a.x for a in [p]])
Config = namedtuple("Config", "name size=0".replace("=0", ""), defaults=[10])
print(Config("a"), Config("b", 2), Config._field_defaults, Config.__name__)
for f in [lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: p.z, lambda: Point._make([1]), lambda: p._replace(q=1), lambda: namedtuple("P", ["_a"]), lambda: namedtuple("P", "a a")]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    p.x = 5
except AttributeError as e:
    print(e)


class Vec(NamedTuple):
    x: float
    y: float = 0.0

    def norm(self):
        return (self.x**2 + self.y**2) ** 0.5


v = Vec(3, 4)
print(v, v.norm(), Vec(1), v._fields, v.x, v == (3, 4), Vec(x=1, y=2)._asdict())


class Named(namedtuple("Base", "first last")):
    @property
    def full(self):
        return f"{self.first} {self.last}"


n = Named("Ada", "Lovelace")
print(n, n.full, n._replace(last="L").full)
match v:
    case Vec(a, b):
        print("matched", a, b)
