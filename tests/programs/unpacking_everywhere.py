# Stars and nested targets wherever Python allows them.
a, (b, [c, *d]), *e = 1, (2, [3, 4, 5]), 6, 7
print(a, b, c, d, e)
[x, y] = "xy"
(x, y), z = [y, x], 1
print(x, y, z)
for i, (name, *scores) in enumerate([("ann", 1, 2), ("bob",)]):
    print(i, name, scores)
print([*range(3), *"ab"], (*[1], 2), {*[1], *(2, 3)}, {**{"a": 1}, "b": 2, **{"a": 3}}, [*[], *()])
*rest, last = {"k": 1, "l": 2}
print(rest, last)


def f(*args, **kwargs):
    return args, kwargs


print(f(*[1, 2], *"x", k=1, **{"m": 2}), f(*range(2), 9), f(*(), **{}))
print([a + b for a, b in [(1, 2), (3, 4)]], {k: v for k, (v, *_) in {"q": (1, 2)}.items()})
t = 1, *[2, 3]
print(t)


def g():
    return *[1, 2], 3


print(g())
obj = type("O", (), {})()
obj.a, obj.b = 1, 2
d = {}
d["x"], d["y"] = d, 1
lst = [0, 0]
lst[0], lst[1] = lst[1] + 1, 5
print(obj.a, obj.b, d["y"], lst)
i = 0
i, lst[i] = 1, "set"
print(lst)
x = y = [1]
x.append(2)
print(y, x is y)
a = b = c = 0
a += 1
print(a, b, c)
for x in *[1, 2], 3:
    print(x, end=" ")
print()
with_index = {i: v for i, v in enumerate("ab")}
(k, v), *more = with_index.items()
print(k, v, more)
