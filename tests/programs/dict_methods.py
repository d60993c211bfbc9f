# Everything a dictionary can do.
d = {"a": 1, "b": 2}
d["c"] = 3
print(d, d["a"], d.get("z"), d.get("z", 0), len(d), "a" in d, 1 in d, list(d), list(d.values()), list(d.items()))
print(d.pop("a"), d.pop("z", None), d.setdefault("b", 9), d.setdefault("q", []), d.popitem(), d)
d.update({"x": 10}, y=20)
d.update([("k", "v")])
print(d, d.keys(), d.values(), d.items(), {**d, "b": 0}, d | {"z": 1}, {1: "a", 1.0: "b", True: "c"})
d |= {"b": 5}
del d["b"]
print(d, dict(a=1, b=2), dict([(1, 2)]), dict(zip("ab", [1, 2])), dict.fromkeys("ab", 0), dict.fromkeys([1]), {}, d.copy() == d)
print({k: v for k, v in zip("abc", range(3)) if v}, {x: x**2 for x in range(4)}, {(0, 1): "t", None: "n", 2.5: "f"})
print(d.keys() & {"x", "nope"}, sorted(d.keys() | {"new"}), sorted(d.keys() - {"x"}), d.items() >= {("x", 10)}, "x" in d.keys(), 10 in d.values(), ("x", 10) in d.items())
print({"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2}, list(reversed({"x": 1, "y": 2})), sorted({"b": 1, "a": 2}))
for key, value in sorted(d.items()):
    print(key, value, end="; ")
print()
counts = {}
for c in "mississippi":
    counts[c] = counts.get(c, 0) + 1
print(counts, max(counts, key=counts.get), sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
nested = {"x": {"y": {"z": 1}}}
nested["x"]["y"]["w"] = 2
print(nested, nested["x"]["y"]["z"])
d.clear()
print(d, bool(d), len(d))
for f in [lambda: {}["k"], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: dict([1]), lambda: dict(["abc"]), lambda: {} + {}, lambda: {} < {}, lambda: {}.get(), lambda: {1: 2}[1][0], lambda: {{}: 1}, lambda: dict(5), lambda: {**5}]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d = {1: 1, 2: 2}
try:
    for k in d:
        d[k + 10] = 0
except RuntimeError as e:
    print(e)
# Keys that go and come back, past the size up to which a few are searched one by one.
d = {n: n for n in range(8)}
for n in range(1, 5):
    del d[n]
for n in range(8, 12):
    d[n] = n
print(d, [n in d for n in range(12)], len(d))
for seed in range(20):
    d, order = {}, []
    for step in range(60):
        key = (step * 7 + seed * step * step) % 13
        if key in order:
            del d[key]
            order.remove(key)
        else:
            d[key] = step
            order.append(key)
        assert list(d) == order and all(k in d for k in order)
print(d)
