def f(a, b=[], *, c, d=4, **kw):
    b.append(a)
    return a, list(b), c, d, kw
print(f(1, c=2), f(2, c=3, z=9), f(3, [7], c=1, d=0))
def g(a, /, b, *rest, k=1): return a, b, rest, k
print(g(1, 2), g(1, b=2), g(1, 2, 3, 4, k=5), g(*[1, 2], **{"k": 3}), g(*(1,), *[2, 3]))
def outer():
    x = 1
    def middle():
        def inner():
            nonlocal x
            x += 1
            return x
        return inner
    h = middle()
    h()
    return h(), x
print(outer())
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [(lambda v=i: v)() for i in range(3)])
def make(n):
    def add(x): return x + n
    return add
print([make(i)(10) for i in range(3)], (lambda *a, **k: (a, k))(1, 2, x=3), (lambda: (yield))().__class__.__name__)
def deco(tag):
    def wrap(fn):
        def inner(*args, **kwargs):
            print("call", tag, fn.__name__, args, kwargs)
            return fn(*args, **kwargs)
        return inner
    return wrap
@deco("A")
@deco("B")
def add(x, y=2): return x + y
print(add(1), add(1, y=5))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
gen = fib()
print([next(gen) for _ in range(10)])
def sub():
    r = yield 1
    print("got", r)
    yield 2
    return "result"
def delegating():
    r = yield from sub()
    print("sub returned", r)
    yield from [10, 20]
d = delegating()
print(next(d), d.send("hello"), list(d))
def countdown(n):
    try:
        while n > 0:
            yield n
            n -= 1
    finally:
        print("cleanup")
for v in countdown(2): print(v)
print(sum(countdown(3)), max(x * x for x in range(5)), list(map(str, countdown(2))), ",".join(str(i) for i in range(4)))
x = "global"
def shadow():
    x = "local"
    class C:
        y = x
        x = "class"
        def m(self): return x
    return C.y, C.x, C().m()
print(shadow())
def early(n):
    for i in range(n):
        for j in range(n):
            if i * j == 6: return i, j
    else:
        return None
print(early(4), early(2))
def mutual_even(n): return True if n == 0 else mutual_odd(n - 1)
def mutual_odd(n): return False if n == 0 else mutual_even(n - 1)
print(mutual_even(100), add.__name__, (lambda: 0).__name__, fib.__name__, outer.__qualname__, f.__defaults__)
def doc():
    "the doc"
    return doc.__doc__
print(doc())
doc.attr = 5; print(doc.attr, hasattr(doc, "nope"), getattr(doc, "nope", "dflt"), callable(doc), callable(5))
total = 0
def walrus(data):
    if (n := len(data)) > 2: return n
    return [y := 1, y ** 2]
print(walrus([1, 2, 3]), walrus([]), [last := v for v in range(3)], last)
def unpack(a, b, *c): return (a, b, c)
print(unpack(*"abcd"), [*range(3), *"ab"], (*[1], 2), {*[1, 2], 3}, {**{"a": 1}, **{"b": 2}})
i = 10
while i > 0:
    i -= 3
    if i == 4: continue
    if i < 0: break
    print(i, end=" ")
else:
    print("never")
while i < 0: i += 1
else: print("else ran", i)
del i
try: print(i)
except NameError as e: print(e)
print(1 if False else 2 if True else 3, [a if a else "-" for a in [0, 1]], (1, 2) if True else 0, not True or False and True, 1 < 3 > 2 == 2 != 5, 1 in [1] in [[1]])
a = b = c = 0
a += 1; b -= 1; c |= 6; a **= 2; b //= 1; c ^= 3; c <<= 2; c >>= 1; c %= 7; c &= 5; print(a, b, c)
def ann(x: int, y: "str" = "q") -> float: z: int = 3; w: str; return z
print(ann(1))
print((lambda n: (lambda s, k: s(s, k))(lambda s, k: 1 if k == 0 else k * s(s, k - 1), n))(10))
