"""The operators as functions."""


def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


def truediv(a, b):
    return a / b


def floordiv(a, b):
    return a // b


def mod(a, b):
    return a % b


def neg(a):
    return -a


def matmul(a, b):
    return a @ b


def eq(a, b):
    return a == b


def ne(a, b):
    return a != b


def lt(a, b):
    return a < b


def le(a, b):
    return a <= b


def gt(a, b):
    return a > b


def ge(a, b):
    return a >= b


def getitem(a, key):
    return a[key]


def setitem(a, key, value):
    a[key] = value


def delitem(a, key):
    del a[key]


def contains(a, b):
    return b in a


def not_(a):
    return not a


def truth(a):
    return bool(a)


def is_(a, b):
    return a is b


def is_not(a, b):
    return a is not b


def pos(a):
    return +a


def abs(a):
    return a.__abs__()


def invert(a):
    return ~a


def pow(a, b):
    return a**b


def and_(a, b):
    return a & b


def or_(a, b):
    return a | b


def xor(a, b):
    return a ^ b


def lshift(a, b):
    return a << b


def rshift(a, b):
    return a >> b


def concat(a, b):
    return a + b


def countOf(a, b):
    return sum(1 for x in a if x is b or x == b)


def indexOf(a, b):
    for i, x in enumerate(a):
        if x is b or x == b:
            return i
    raise ValueError("sequence.index(x): x not in sequence")


def index(a):
    return a.__index__()


def iadd(a, b):
    a += b
    return a


def isub(a, b):
    a -= b
    return a


def imul(a, b):
    a *= b
    return a


def call(obj, /, *args, **kwargs):
    return obj(*args, **kwargs)


def methodcaller(name, /, *args, **kwargs):
    return lambda x: getattr(x, name)(*args, **kwargs)


def itemgetter(*keys):
    if len(keys) == 1:
        return lambda x: x[keys[0]]
    return lambda x: tuple(x[key] for key in keys)


def _attribute(x, path):
    for part in path.split("."):
        x = getattr(x, part)
    return x


def attrgetter(*paths):
    if len(paths) == 1:
        return lambda x: _attribute(x, paths[0])
    return lambda x: tuple(_attribute(x, path) for path in paths)
