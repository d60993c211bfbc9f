# global, nonlocal, closures and what a name means where.
x = "module"


def reads():
    return x


def shadows():
    x = "local"
    return x


def changes():
    global x, made
    x = "changed"
    made = "new"


print(reads(), shadows(), x)
changes()
print(x, made)


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    def reset():
        nonlocal n
        n = 0

    return step, reset


step, reset = counter()
print(step(), step(5), reset(), step())
fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
print([f() for f in fs], [g() for g in gs])


def outer():
    v = 1

    def middle():
        def inner():
            nonlocal v
            v *= 10
            return v

        return inner

    inner = middle()
    return inner(), inner(), v


print(outer())


def late():
    def use():
        return defined_later

    defined_later = "fine"
    return use()


print(late())


def unbound():
    try:
        print(y)
        y = 1
    except UnboundLocalError as e:
        return str(e)


def free():
    def inner():
        return z

    try:
        return inner()
    except NameError as e:
        return str(e)
    z = 1


print(unbound(), "|", free())
try:
    print(nowhere)
except NameError as e:
    print(e)


class Scope:
    x = "class"
    y = [x for _ in range(1)]

    def method(self):
        return x


print(Scope().method(), Scope.y, Scope.x)
for i in range(3):
    pass
print(i, [i for i in range(5)][-1], i)
print((lambda: [last := i for i in range(4)][-1])(), [y := 1, y**2], y)
if (n := len("abc")) > 2:
    print(n)
total = 0
print([total := total + v for v in [1, 2, 3]], total, any((hit := v) > 1 for v in [1, 2, 3]), hit)
del x
try:
    x
except NameError as e:
    print(e)
print(sorted(k for k in globals() if k in ("step", "outer", "x")), "n" in globals())


def locals_of(a, b=2):
    c = a + b
    return sorted(locals().items())


print(locals_of(1))
