# with, call, iteration, copies, formatting: the protocol of everything.


class Timer:
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, value, trace):
        print("exit", kind.__name__ if kind else None, value)
        return kind is ValueError


with Timer() as t:
    print("inside")
with Timer(), Timer():
    raise ValueError("swallowed")
try:
    with Timer():
        raise KeyError("not swallowed")
except KeyError as e:
    print("outside", e)


class Poly:
    def __init__(self, *c):
        self.c = list(c)

    def __call__(self, x):
        return sum(c * x**i for i, c in enumerate(self.c))

    def __getitem__(self, i):
        return self.c[i]

    def __setitem__(self, i, v):
        self.c[i] = v

    def __delitem__(self, i):
        del self.c[i]

    def __len__(self):
        return len(self.c)

    def __iter__(self):
        return iter(self.c)

    def __reversed__(self):
        return reversed(self.c)

    def __format__(self, spec):
        return "+".join(f"{c:{spec}}x^{i}" for i, c in enumerate(self.c))

    def __str__(self):
        return "poly"

    def __repr__(self):
        return f"Poly{tuple(self.c)}"


p = Poly(1, 2, 3)
print(p(2), p[1], len(p), list(p), list(reversed(p)), f"{p:.1f}", p, repr(p), f"{p!r} {p!s:>6}", [p])
p[0] = 10
del p[1]
print(p.c, *p, callable(p), callable(3))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Countdown(3)), sum(Countdown(4)), [x for x in Countdown(2)])
it = iter(Countdown(2))
print(next(it), next(it), next(it, None))
a, b = Countdown(2)
print(a, b)


class Grid:
    def __getitem__(self, key):
        return key


g = Grid()
print(g[1], g[1, 2], g[1:2], g[:, 0], g[..., ::2], g[-1:], g["a":"b"])
