# Hooks that run when a class is made, and making one with type().


class Plugin:
    registry = {}

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name or cls.__name__.lower()] = cls
        cls.tag = f"plugin {name}"


class Adder(Plugin, name="add"):
    pass


class Scaler(Plugin):
    def run(self):
        return "scaled"


print(sorted(Plugin.registry), Adder.tag, Plugin.registry["scaler"]().run())

Point = type("Point", (), {"x": 1, "describe": lambda self: f"x is {self.x}"})
p = Point()
print(Point.__name__, p.x, p.describe(), type(p) is Point, type(Point) is type)
Special = type("Special", (Point,), dict(x=5))
print(Special().describe(), Special.__bases__[0].__name__, issubclass(Special, Point))


class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__} of {item.__name__}"


print(Box[int])


class Singleton:
    _instance = None

    def __new__(cls, *args):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self, value):
        self.value = value


a, b = Singleton(1), Singleton(2)
print(a is b, a.value)


class Weird:
    def __new__(cls):
        return 42


print(Weird(), type(Weird()))


class Outer:
    class Inner:
        def name(self):
            return type(self).__qualname__

    items = [i * 2 for i in range(3)]
    total = sum(items)

    def __init__(self):
        self.inner = Outer.Inner()


print(Outer().inner.name(), Outer.total, Outer.__init__.__qualname__)
try:
    type("X", (int, str), {})
except TypeError as e:
    print(e)
