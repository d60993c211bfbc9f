# Tuples: fixed sequences.
t = (1, 2, 3, 2)
print(t, t[0], t[-1], t[1:3], len(t), t.count(2), t.index(3), 2 in t, t + (4,), t * 2, (), (1,), tuple("ab"), tuple([1]))
print((1, 2) < (1, 3), (1, 2) == (1, 2), (1, "a") < (2, "b"), hash((1, 2)) == hash((1, 2)), hash((1, 2, 3)), hash(()), {(1, 2): "x"}[1, 2])
a, b, *c = t
(x, y), z = (1, 2), 3
print(a, b, c, x, y, z, *t, sep=",")
first, *_, last = "hello"
print(first, last, max(t), sorted(t, reverse=True), sum(t), tuple(x * 2 for x in t), t[::-1])
x, y = y, x
print(x, y, (1, [2, 3]), ((1,), (2,)), type(()), isinstance(t, tuple))
m = (1, [2])
m[1].append(3)
print(m, list(zip(t, "abcd")), list(enumerate(t, 1)), dict(zip("ab", t)))


def two():
    return 1, 2


q, r = two()
print(q, r, two()[1], tuple(), bool(()), bool((0,)))
for f in [lambda: t[9], lambda: t["a"], lambda: (1, 2) + [3], lambda: t.index(9), lambda: hash(([],)), lambda: (1, 2) < (1, "a")]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    t[0] = 1
except TypeError as e:
    print(e)
try:
    del t[0]
except TypeError as e:
    print(e)
try:
    a, b = 1, 2, 3
except ValueError as e:
    print(e)
try:
    a, b, c, d, e = t
except ValueError as e:
    print(e)
try:
    a, *b, c, d = (1, 2)
except ValueError as e:
    print(e)
try:
    a, b = 5
except TypeError as e:
    print(e)
