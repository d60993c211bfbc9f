# Classes whose class is not type.


class Meta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace)
        cls.made_by = mcls.__name__
        cls.options = kwargs
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)
        cls.methods = sorted(n for n in namespace if not n.startswith("__"))

    def __call__(cls, *args):
        print("making", cls.__name__)
        return super().__call__(*args)

    def __len__(cls):
        return 3

    def __iter__(cls):
        return iter("abc")

    def __getitem__(cls, key):
        return (cls.__name__, key)

    def __contains__(cls, x):
        return x == "in"

    def __repr__(cls):
        return f"<{cls.__name__}>"

    @property
    def short(cls):
        return cls.__name__[0]

    def hello(cls):
        return "hello from " + cls.__name__


class Base(metaclass=Meta, debug=True):
    def run(self):
        pass

    def stop(self):
        pass


class Child(Base):
    def __init__(self, x):
        self.x = x


print(Base, Child, Base.made_by, Child.made_by, Base.options, Base.methods, Child.methods)
c = Child(5)
print(c.x, len(Base), list(Child), Base["k"], "in" in Child, "out" in Child, Child.short, Base.hello())
print(type(Base) is Meta, isinstance(Base, Meta), isinstance(c, Base), type(c) is Child, type(Meta) is type)


class Final(type):
    instances = {}

    def __call__(cls, *args):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args)
        return cls.instances[cls]


class Config(metaclass=Final):
    def __init__(self, v=0):
        self.v = v


print(Config(1) is Config(2), Config().v)
