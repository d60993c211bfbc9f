# functools
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering, wraps

print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 10), reduce(max, [3, 9, 2], 5))
try:
    reduce(max, [])
except TypeError as e:
    print(e)
power = partial(pow, 2)
print(power(5), partial(int, base=2)("101"), partial(print, "a", sep="-")("b"), power.func is pow, power.args, partial(partial(max, 3), 5)(1))


def loud(f):
    @wraps(f)
    def wrapper(*args):
        """Wrapped."""
        return f(*args) + "!"

    return wrapper


@loud
def greet(name):
    """Greets."""
    return "hi " + name


print(greet("ann"), greet.__name__, greet.__doc__, greet.__wrapped__("bob"), greet.__qualname__)


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@cache
def slow(x, y=1):
    print("computing", x, y)
    return x * y


print(fib(80), fib.cache_info(), slow(2), slow(2), slow(2, y=3), slow.cache_info())
fib.cache_clear()
print(fib.cache_info())


@lru_cache(maxsize=2)
def sq(x):
    return x * x


print([sq(i) for i in (1, 2, 1, 3, 2)], sq.cache_info())


class Data:
    def __init__(self, xs):
        self.xs = xs

    @cached_property
    def total(self):
        print("summing")
        return sum(self.xs)


d = Data([1, 2])
print(d.total, d.total, d.__dict__)
d.total = 9
print(d.total)


@total_ordering
class Grade:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v


a, b = Grade(1), Grade(2)
print(a < b, a <= b, a > b, a >= b, a <= Grade(1), max(a, b).v, sorted([b, a])[0].v)
print(sorted(["bb", "a", "ccc"], key=cmp_to_key(lambda x, y: len(y) - len(x))), sorted([3, 1, 2], key=cmp_to_key(lambda x, y: x - y)))


@singledispatch
def show(x):
    return f"object {x}"


@show.register(int)
def _(x):
    return f"int {x}"


@show.register(list)
@show.register(tuple)
def _(x):
    return f"{len(x)} items"


print(show(5), show(True), show([1, 2]), show((1,)), show("s"), show(2.5))
