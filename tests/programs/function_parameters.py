# Defaults, stars, keyword-only and positional-only parameters.


def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(c=1, a=2), f(*[1, 2, 3], **{"c": 4, "z": 5}), f(1, *[2], *(3, 4), c=0, **{"d": 1}, **{"x": 2}))


def p(a, b, /, c, *, d):
    return a, b, c, d


print(p(1, 2, 3, d=4), p(1, 2, c=3, d=4))


def only(*, x=1, y):
    return x, y


def rest(first, *more, sep=" "):
    return sep.join([first, *more])


def kw(a, /, **kwargs):
    return a, kwargs


print(only(y=2), rest("a"), rest("a", "b", sep="-"), kw(1, a=2), (lambda *a, **k: (a, k))(1, b=2), (lambda x, y=2: x + y)(1))


def mutable(x, seen=[]):
    seen.append(x)
    return seen


print(mutable(1), mutable(2), mutable.__defaults__, f.__kwdefaults__, f.__name__)
for call in [
    lambda: f(), lambda: f(1), lambda: p(1, 2, 3), lambda: p(1, b=2, c=3, d=4), lambda: p(1, 2, 3, 4), lambda: only(1, y=2),
    lambda: only(), lambda: rest(), lambda: f(1, a=2, c=3), lambda: (lambda x: x)(1, 2), lambda: (lambda: 0)(1), lambda: rest("a", end=1),
    lambda: (lambda a, b, c: 0)(), lambda: (lambda a, b: 0)(), lambda: f(1, **{"c": 1, "a": 2}), lambda: f(*5), lambda: f(**5), lambda: (lambda x, y=1: 0)(1, 2, 3),
    lambda: only(y=1, z=2), lambda: 5(), lambda: "a"(), lambda: None(), lambda: f(1, c=1, **{"c": 2}), lambda: (lambda a, /: a)(a=1),
]:
    try:
        print(call())
    except TypeError as e:
        print(e)
