# enum
from enum import Enum, Flag, IntEnum, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def describe(self):
        return f"{self.name.lower()} is {self.value}"

    @classmethod
    def default(cls):
        return cls.GREEN


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], list(Color), len(Color), Color.CRIMSON is Color.RED)
print(Color.RED == Color.RED, Color.RED != Color.BLUE, Color.RED is Color(1), Color.RED in Color, isinstance(Color.RED, Color), type(Color.RED), Color.BLUE.describe(), Color.default(), {Color.RED: "r"}[Color.RED])
print([c.name for c in Color], f"{Color.RED}", f"{Color.RED!r:>16}", Color.__members__.keys(), [c for c in reversed(Color)], Color, Color.RED == 1, hash(Color.RED) == hash(Color.RED))
for f in [lambda: Color(9), lambda: Color["PINK"], lambda: Color.PINK, lambda: Color.RED < Color.BLUE]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    Color.RED = 5
except AttributeError as e:
    print(e)


class Level(IntEnum):
    LOW = 1
    HIGH = 10


print(Level.LOW, repr(Level.LOW), Level.HIGH > Level.LOW, Level.HIGH + 1, Level.LOW == 1, sorted([Level.HIGH, Level.LOW]), int(Level.HIGH), [10, 20][Level.LOW], f"{Level.HIGH:03d}", max(Level), Level(10))


class Auto(Enum):
    A = auto()
    B = auto()
    C = "see"


print(list(Auto), Auto.B.value)


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def density(self):
        return round(self.mass / self.radius**3, 4)


print(Planet.EARTH, Planet.EARTH.value, Planet.MARS.mass, Planet.MARS.density)


class Mode(StrEnum):
    TRAIN = auto()
    EVAL = "evaluate"


print(Mode.TRAIN, repr(Mode.EVAL), Mode.TRAIN == "train", Mode.EVAL.upper(), "x" + Mode.TRAIN, Mode("evaluate").name)


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()


rw = Perm.R | Perm.W
print(rw, repr(rw), Perm.R in rw, Perm.X in rw, rw & Perm.W, ~Perm.R, bool(rw & Perm.X), rw.value, list(Perm), rw ^ Perm.R)
try:

    @unique
    class Dup(Enum):
        A = 1
        B = 1

except ValueError as e:
    print(e)
Animal = Enum("Animal", "CAT DOG")
print(list(Animal), Animal.DOG.value)
match Color.GREEN:
    case Color.RED:
        print("red")
    case Color.GREEN:
        print("green")
