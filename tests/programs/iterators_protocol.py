# Iterators of all kinds, consumed by everything.


class Squares:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i**2


print(list(Squares(3)), tuple(Squares(2)), set(Squares(2)) == {1, 4}, sum(Squares(3)), max(Squares(4)), sorted(Squares(3), reverse=True), 9 in Squares(5), dict(enumerate(Squares(2))))
a, *b = Squares(3)
print(a, b, [*Squares(2)], ",".join(map(str, Squares(3))), list(zip(Squares(3), Squares(2))), list(filter(lambda v: v > 1, Squares(3))), any(v > 8 for v in Squares(3)))
it = iter("abc")
print(next(it), list(it), next(it, None), iter(it) is it)
m = map(lambda v: v * 2, [1, 2, 3])
print(next(m), list(m), list(m))
z = zip([1, 2, 3], "ab")
print(list(z), list(z))
e = enumerate(["x", "y"], 10)
print(next(e), list(e))
r = reversed([1, 2, 3])
print(next(r), list(r), list(reversed("abc")), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})), list(reversed((1, 2))))
d = {"a": 1}
k = iter(d)
print(next(k), next(k, "end"), list(iter(d.items())), type(iter([])).__name__, type(iter("")).__name__, type(iter({})).__name__, type(iter(())).__name__, type(iter(set())).__name__, type(iter(range(1))).__name__)


class Seq:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 10


print(list(Seq()), 20 in Seq(), [x for x in Seq()], max(Seq()))


class Bad:
    def __iter__(self):
        return 5


for f in [lambda: list(Bad()), lambda: iter(3), lambda: [x for x in None], lambda: next(3), lambda: list(5), lambda: sum(3), lambda: 5 in 5, lambda: [*3], lambda: max(None), lambda: tuple(1.5), lambda: dict(3), lambda: set(None)]:
    try:
        print(f())
    except TypeError as e:
        print(e)


def until_error():
    yield 1
    raise KeyError("inside")


g = until_error()
print(next(g))
try:
    next(g)
except KeyError as e:
    print(repr(e), list(g))
