# Attributes named in __slots__, and no others.


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))


p = Point(1, 2)
p.x = 10
print(p.x, p.y, Point.__slots__, p == Point(10, 2), len({p, Point(10, 2)}))
try:
    p.z = 3
except AttributeError as e:
    print(e)
del p.y
try:
    p.y
except AttributeError as e:
    print("y is gone")
print(hasattr(p, "__dict__"), hasattr(p, "x"))


class Named(Point):
    __slots__ = ("name",)


n = Named(1, 2)
n.name = "n"
print(n.name, n.x)
try:
    n.other = 1
except AttributeError as e:
    print(e)


class Open(Point):
    pass


o = Open(1, 2)
o.anything = "goes"
print(o.anything, hasattr(o, "__dict__"))
