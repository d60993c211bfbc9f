class Vec:
    count = 0
    def __init__(self, x, y):
        self.x, self.y = x, y
        Vec.count += 1
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y) if isinstance(o, Vec) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __sub__(self, o): return Vec(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return Vec(-self.x, -self.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __repr__(self): return f"Vec({self.x}, {self.y})"
    def __str__(self): return f"<{self.x}, {self.y}>"
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __setitem__(self, i, v):
        if i == 0: self.x = v
        else: self.y = v
    def __iter__(self): yield self.x; yield self.y
    def __contains__(self, v): return v in (self.x, self.y)
    def __bool__(self): return bool(self.x or self.y)
    def __call__(self, *a): return ("called", a)
    def __lt__(self, o): return self.x < o.x
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __float__(self): return float(self.x)
    def __int__(self): return int(self.x)
    def __format__(self, spec): return f"V[{spec}]"
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __iadd__(self, o): self.x += o.x; return self
    def __delitem__(self, i): print("del", i)
v, w = Vec(1, 2), Vec(3, 4)
print(v + w, w - v, v * 2, 3 * v, -v, v == Vec(1, 2), v != w, v in [w, v], len(v), v[0], list(v), 2 in v, bool(Vec(0, 0)), v(1, 2), sorted([w, v]), abs(w), float(w), int(w), f"{v:abc} {v} {v!r}", v @ w, sum([v, w]), {v: 1}[Vec(1, 2)], Vec.count)
v += w; print(v); v[1] = 9; print(v, max([v, w]), [v, w], (v,), {"k": v}, str(v), "%s %r" % (v, w)); del v[0]
a, b = w; print(a, b, *w, min(v, w))
class Base:
    kind = "base"
    def __init__(self, name): self.name = name
    def hello(self): return f"{self.kind} {self.name}"
    @classmethod
    def create(cls, n): return cls(n + "!")
    @staticmethod
    def util(x): return x * 2
    @property
    def upper(self): return self.name.upper()
    @upper.setter
    def upper(self, v): self.name = v.lower()
    def __getattr__(self, n):
        if n.startswith("dyn_"): return n[4:]
        raise AttributeError(f"no {n}")
class Left(Base):
    kind = "left"
    def hello(self): return "L:" + super().hello()
class Right(Base):
    def hello(self): return "R:" + super().hello()
class Both(Left, Right):
    def __init__(self, name):
        super().__init__(name)
        self.extra = 1
    def hello(self): return "B:" + super(Both, self).hello()
o = Both.create("x")
print(o.hello(), o.kind, Both.util(4), o.upper, o.dyn_foo, hasattr(o, "nothing"), isinstance(o, Base), isinstance(o, Right), issubclass(Both, Left), issubclass(Left, Right), type(o).__name__, [c.__name__ for c in Both.__mro__], Both.__bases__ == (Left, Right))
o.upper = "NEW"; print(o.name, o.__dict__, vars(o)); o.extra = 5; del o.extra; print(hasattr(o, "extra"), o.__class__ is Both)
try: o.zzz
except AttributeError as e: print("AE", e)
setattr(o, "dyn", 3); print(getattr(o, "dyn"), getattr(o, "q", None) if hasattr(o, "q") else "none")
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): self.i = 0; return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(It(3)), sum(It(4)), [x * 2 for x in It(2)], 2 in It(3), max(It(5)), tuple(It(2)), list(zip(It(2), "ab")), dict(enumerate(It(2))), *It(2))
class Seq:
    def __getitem__(self, i):
        if i > 3: raise IndexError(i)
        return i * 10
print(list(Seq()), 20 in Seq(), [v for v in Seq()])
class Stack:
    def __init__(self): self._items = []
    def push(self, x): self._items.append(x); return self
    def __len__(self): return len(self._items)
s = Stack(); s.push(1).push(2); print(len(s), bool(Stack()), s._items)
class Counter2:
    total = 0
    def __init__(self): type(self).total += 1
Counter2(); Counter2(); print(Counter2.total)
class Outer:
    class Inner:
        z = 5
    def make(self): return self.Inner()
print(Outer().make().z, Outer.Inner.__name__, Outer.Inner.__qualname__)
f = v.__add__; print(f(w)); g = Vec.__repr__; print(g(w)); print(Base.hello(o))
class Meta:
    def __enter__(self): print("in"); return "as"
    def __exit__(self, t, val, tb): print("out", t and t.__name__, val); return t is KeyError
with Meta() as m, Meta() as n: print(m, n)
with Meta():
    raise KeyError("x")
print("after")
def w_ret():
    for i in range(3):
        with Meta():
            if i == 1: return i
print(w_ret())
class Cmp:
    def __init__(self, v): self.v = v
    def __gt__(self, o): return self.v > o.v
    def __le__(self, o): return self.v <= o.v
print(Cmp(1) < Cmp(2), Cmp(1) >= Cmp(2))
class P:
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
p = P(); p.a = 4; print(p.a)
print(type("s").__name__, type(o) == Both, type(type(o)).__name__, id(o) == id(o), o == o, o is not None)
class E(Exception):
    def __init__(self, msg, code): super().__init__(msg); self.code = code
    def __str__(self): return f"E({self.args[0]}, {self.code})"
try: raise E("bad", 7)
except E as e: print(e, e.code, e.args, repr(e), isinstance(e, Exception))
