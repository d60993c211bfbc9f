# Names with two underscores belong to their class.


class A:
    __count = 0

    def __init__(self):
        self.__x = 1
        A.__count += 1

    def get(self):
        return self.__x, self.__helper(), A.__count

    def __helper(self):
        return "helped"

    __dunder__ = "kept"


class B(A):
    def __init__(self):
        super().__init__()
        self.__x = 2

    def own(self):
        return self.__x


b = B()
print(b.get(), b.own(), sorted(b.__dict__), b.__dunder__)
try:
    b.__x
except AttributeError as e:
    print(e)
print(b._A__x, b._B__x, A._A__count)


class _Under:
    def __f(self):
        return "f"

    def g(self):
        return self.__f()


print(_Under().g(), hasattr(_Under, "_Under__f"))
