def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, kw
print(f(1), f(1, 5, 6, 7, c=9, d=10))
def fact(n): return 1 if n < 2 else n * fact(n-1)
print(fact(30))
x = [i*i for i in range(10) if i % 2]
print(x, {k: v for k, v in zip("abc", range(3))}, {i%3 for i in range(10)})
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); c(); print(c())
for i in range(3):
    for j in range(3):
        if j == 2: break
        if i == 1: continue
        print(i, j, end=' ')
    else:
        print('no')
print()
a, *b, c2 = range(5)
print(a, b, c2)
print(f"{3.14159:.2f} {42:>8d}|{'x':^5}|{x!r:>30} {a=} {1/3=:.3}")
try:
    1/0
except ZeroDivisionError as e:
    print("caught", e, type(e).__name__)
finally:
    print("fin")
def g():
    try:
        return 1
    finally:
        print("in finally")
print(g())
def gen(n):
    for i in range(n):
        got = yield i
        if got: print("got", got)
print(list(gen(4)), sum(i*i for i in range(5)))
it = gen(3); print(next(it), it.send("hi"), next(it, 'end'), next(it, 'end'))
class A:
    x = 1
    def __init__(self, v): self.v = v
    def __add__(self, o): return A(self.v + o.v)
    def __repr__(self): return f"A({self.v})"
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return hash(self.v)
    @property
    def twice(self): return self.v * 2
    @staticmethod
    def s(z): return z + 1
    @classmethod
    def make(cls, v): return cls(v)
class B(A):
    def __init__(self, v):
        super().__init__(v + 100)
    def __repr__(self): return "B" + super().__repr__()
print(A(1) + A(2), B(3), A(1) == A(1), B.make(4).twice, A.s(2), A.x, B(1).x)
print(sorted([A(3), A(1), A(2)]), max([A(3), A(9)], key=lambda a: a.v), {A(1): 2}[A(1)])
print(sorted("hello world".split(), key=len, reverse=True), [1,2,3][::-1], "abc"[1:])
print(1 < 2 < 3, 1 < 3 < 2, not 1, 1 if 0 else 2, (y := 5) + y)
print("%d %s %.3f %5s|%-5s|%05d %x" % (1, "a", 2.5, "b", "c", 42, 255))
print("{} {1} {name!r:>6} {0[0]}".format([1], 2, name="z") if False else "{0} {1} {name!r:>6}".format(1, 2, name="z"))
class Ctx:
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0].__name__ if a[0] else None); return True
with Ctx() as q:
    raise ValueError("swallowed")
print(10**20, -7 // 2, -7 % 3, 7 // -2, 2**-1, 1e16, 0.1+0.2, 1/3, 1e-7, float('inf'), 5 % -3, -5.5 // 2)
d = {'a': 1, 'b': [1, 2, {'c': (1,)}]}
print(d, len(d), 'a' in d, list(d.items()), d.get('zz'), {**d, 'e': 5})
print(list(map(lambda x: x+1, [1,2])), list(filter(None, [0,1,2])), list(enumerate('ab', 1)), list(zip([1,2],[3,4])))
print(any(x > 3 for x in [1,5]), all([]), min(3,1,2), max([1,5,2]), round(2.5), round(2.675, 2), divmod(-7, 3), abs(-3))
import math
print(math.pi, math.sqrt(2), math.floor(-2.5), math.factorial(20))
l = [3,1,2]; l.sort(); l.append(4); l += [5]; print(l, l.pop(), l.index(2))
del l[0]; print(l); s = {1,2,3}; s |= {4}; print(s & {1,4}, s - {1}, s ^ {9})
global_x = 1
def mod():
    global global_x
    global_x = 7
mod(); print(global_x)
print([[1,2],[3]] == [[1,2],[3]], (1,2) < (1,3), "a" < "b", None is None, [1] is [1])
assert True, "no"
print(*[1,2,3], sep=', ')
print("a,b,c".split(","), " x ".strip(), "abc".upper(), "-".join(["a","b"]), "abc".replace("b","X"), "abc".find("c"))
lst = [1]; lst.append(lst); print(lst)
print(type(1), type("a"), type(A(1)), int("42"), float("2.5"), str(3), bool([]), isinstance(True, int))
