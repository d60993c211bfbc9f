# Every operator as a method, with its reflection and its form in place.


class V:
    def __init__(self, *parts):
        self.parts = parts

    def __repr__(self):
        return "V" + repr(self.parts)

    def __add__(self, o):
        return V(*self.parts, "+", o) if not isinstance(o, str) else NotImplemented

    def __radd__(self, o):
        return V(o, "+r", *self.parts)

    def __iadd__(self, o):
        self.parts += ("+=", o)
        return self

    def __sub__(self, o):
        return V("-", o)

    def __rsub__(self, o):
        return V(o, "-r")

    def __mul__(self, o):
        return V("*", o)

    __rmul__ = __mul__

    def __matmul__(self, o):
        return V("@", o)

    def __truediv__(self, o):
        return V("/", o)

    def __rtruediv__(self, o):
        return V("/r", o)

    def __floordiv__(self, o):
        return V("//", o)

    def __mod__(self, o):
        return V("%", o)

    def __divmod__(self, o):
        return V("divmod", o)

    def __pow__(self, o, m=None):
        return V("**", o, m)

    def __rpow__(self, o):
        return V("**r", o)

    def __lshift__(self, o):
        return V("<<", o)

    def __rshift__(self, o):
        return V(">>", o)

    def __and__(self, o):
        return V("&", o)

    def __or__(self, o):
        return V("|", o)

    def __ror__(self, o):
        return V("|r", o)

    def __xor__(self, o):
        return V("^", o)

    def __neg__(self):
        return V("neg")

    def __pos__(self):
        return V("pos")

    def __invert__(self):
        return V("~")

    def __abs__(self):
        return V("abs")

    def __round__(self, n=None):
        return V("round", n)

    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 2

    def __complex__(self):
        return 1


v = V(1)
print(v + 2, 2 + v, v - 2, 2 - v, v * 2, 2 * v, v @ 2, v / 2, 2 / v, v // 2, v % 2)
print(divmod(v, 2), v**2, 2**v, pow(v, 2, 5), v << 1, v >> 1, v & 1, v | 1, 1 | v, v ^ 1)
print(-v, +v, ~v, abs(v), round(v), round(v, 2), int(v), float(v), [10, 20, 30][v], hex(v), range(5)[v])
w = v
w += 5
print(v, w is v)
w -= 1
print(w, w is v)
try:
    v + "text"
except TypeError as e:
    print(e)
try:
    v @ v - None << {}
    {} @ v
except TypeError as e:
    print(e)


class A:
    def __add__(self, o):
        return "A.add"

    def __eq__(self, o):
        return NotImplemented

    def __lt__(self, o):
        return NotImplemented


class B(A):
    def __radd__(self, o):
        return "B.radd"


print(A() + B(), B() + A(), A() == A(), A() != 1)
try:
    A() < A()
except TypeError as e:
    print(e)
