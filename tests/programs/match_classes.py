# Classes match by attributes, by position with __match_args__.


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Circle:
    def __init__(self, center, r):
        self.center = center
        self.r = r


class Color:
    RED = "red"
    BLUE = "blue"


def where(thing):
    match thing:
        case Point(0, 0):
            return "origin"
        case Point(0, y=y):
            return f"on the y axis at {y}"
        case Point(x=x, y=0):
            return f"on the x axis at {x}"
        case Point(x, y) if x == y:
            return f"on the diagonal at {x}"
        case Point():
            return "a point"
        case Circle(center=Point(cx, cy), r=r):
            return f"circle around {cx}, {cy} with {r}"
        case Color.RED:
            return "the color red"
        case int(value) | float(value):
            return f"number {value}"
        case list([a, *_]):
            return f"list from {a}"
        case str() | bool():
            return "text"
        case _:
            return "nothing known"


for thing in [Point(0, 0), Point(0, 3), Point(4, 0), Point(2, 2), Point(1, 2), Circle(Point(5, 6), 7)]:
    print(where(thing))
for thing in ["red", "blue", 3, 2.5, [8, 9], [], None]:
    print(where(thing))
