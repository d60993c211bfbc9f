# Functions and classes that wrap functions.


def logged(f):
    def wrapper(*args, **kwargs):
        print("calling", f.__name__, args, kwargs)
        result = f(*args, **kwargs)
        print("got", result)
        return result

    wrapper.__name__ = f.__name__
    wrapper.__doc__ = f.__doc__
    wrapper.__wrapped__ = f
    return wrapper


@logged
def add(a, b=1):
    """Adds."""
    return a + b


add(1)
add(2, b=3)
print(add.__name__, add.__doc__, add.__wrapped__(5), add.__dict__.keys())


def repeat(times):
    def decorate(f):
        def wrapper(*args):
            return [f(*args) for _ in range(times)]

        return wrapper

    return decorate


@repeat(3)
def hi(name):
    return f"hi {name}"


print(hi("ann"))


class Counted:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)


@Counted
def square(x):
    return x * x


print(square(3), square(4), square.calls)


def tagged(cls):
    cls.tag = cls.__name__.lower()
    return cls


@tagged
class Thing:
    pass


print(Thing.tag, Thing().tag)


@logged
@repeat(2)
def both(x):
    return x


both(1)
registry = {}


def register(name):
    return lambda f: registry.setdefault(name, f)


@register("double")
def double(x):
    return 2 * x


@(lambda f: lambda x: f(x) + 1)
def plus(x):
    return x


print(registry["double"](4), plus(1))
double.note = "kept"
double.count = 0
double.count += 1
print(double.note, double.__dict__, hasattr(double, "nothing"))
del double.note
try:
    double.note
except AttributeError as e:
    print(e)


def memo(f):
    cache = {}

    def inner(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]

    inner.cache = cache
    return inner


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50), len(fib.cache))
