# __getattr__, __setattr__, __delattr__, __getattribute__, __dir__.


class Lazy:
    def __init__(self):
        self.log = []

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"no {name}")
        self.log.append(name)
        value = name.upper()
        setattr(self, name, value)
        return value


z = Lazy()
print(z.alpha, z.alpha, z.beta, z.log)
print(hasattr(z, "_x"), getattr(z, "_x", "default"))


class Strict:
    def __setattr__(self, name, value):
        if not isinstance(value, int):
            raise TypeError(f"{name} must be an integer")
        object.__setattr__(self, name, value * 2)

    def __delattr__(self, name):
        print("deleting", name)
        super().__delattr__(name)


s = Strict()
s.a = 4
print(s.a, s.__dict__)
try:
    s.b = "x"
except TypeError as e:
    print(e)
del s.a
print(hasattr(s, "a"))


class Loud:
    x = 1

    def __init__(self):
        self.y = 2

    def __getattribute__(self, name):
        if name == "secret":
            return "found"
        value = super().__getattribute__(name)
        return value + 100 if isinstance(value, int) else value

    def __getattr__(self, name):
        return f"<{name}>"


q = Loud()
print(q.x, q.y, q.secret, q.missing)


class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __dir__(self):
        return ["b", "a"]


p = Proxy([3, 1, 2])
p.sort()
p.append(9)
print(p._target, p.count(9), dir(p))
try:
    p.nothing
except AttributeError as e:
    print(e)
