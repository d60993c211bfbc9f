# Several bases, super() along the line, and looking things up.


class A:
    def __init__(self):
        print("A", end=" ")
        super().__init__()

    def who(self):
        return "A"


class B(A):
    def __init__(self):
        print("B", end=" ")
        super().__init__()

    def who(self):
        return "B" + super().who()


class C(A):
    def __init__(self):
        print("C", end=" ")
        super().__init__()

    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super().who()


d = D()
print()
print(d.who(), [k.__name__ for k in D.__mro__], D.__bases__ == (B, C), super(B, d).who(), super(D, d).who())
try:

    class E(A, B):
        pass

except TypeError as e:
    print(e)


class Shape:
    sides = 0
    made = []

    @classmethod
    def create(cls, *args):
        cls.made.append(cls.__name__)
        return cls(*args)

    @staticmethod
    def unit():
        return "cm"

    def __repr__(self):
        return f"<{type(self).__name__} {self.sides}>"


class Square(Shape):
    sides = 4

    @classmethod
    def create(cls, *args):
        return super().create(*args)


print(Shape.create(), Square.create(), Shape.made, Square.unit(), Square().unit())
s = Square()
s.sides = 5
Shape.sides = 1
print(s, Square(), Shape(), Square.sides, vars(s))
print(isinstance(s, Shape), isinstance(s, (int, Shape)), isinstance(3, Shape), issubclass(Square, (Shape, int)))
print(Shape.__name__, Shape.__module__, Shape.__doc__, Square.create.__self__ is Square, callable(Square))


class Mixin:
    def to_dict(self):
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_")}


class Model(Mixin, Shape):
    def __init__(self, **kw):
        self.__dict__.update(kw)
        self._hidden = 1
        self.__private = 2


m = Model(a=1, b=2)
print(m.to_dict(), m._Model__private, sorted(m.__dict__))
