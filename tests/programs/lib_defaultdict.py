# collections.defaultdict, OrderedDict and ChainMap.
from collections import ChainMap, OrderedDict, defaultdict

d = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]:
    d[k].append(v)
print(d, d["a"], dict(d), d["new"], sorted(d), d.get("zz"), "zz" in d, len(d))
n = defaultdict(int)
for ch in "hello":
    n[ch] += 1
print(sorted(n.items()), n.default_factory, defaultdict(lambda: 7)["x"], defaultdict(set, {"k": {1}}))
try:
    defaultdict()["missing"]
except KeyError as e:
    print("KeyError", e)
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
print(nested["a"]["b"], {k: dict(v) for k, v in nested.items()})
o = OrderedDict([("a", 1), ("b", 2)])
o["c"] = 3
o.move_to_end("a")
print(o, list(o), o.popitem(), o.popitem(last=False), o, o == {"c": 3}, OrderedDict(a=1) == OrderedDict(a=1))
o.update(x=1, y=2)
o.move_to_end("y", last=False)
print(list(o.items()), list(reversed(o)), OrderedDict(), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], len(m), sorted(m), m, "z" in m, m.get("z", 0), m.maps, m.new_child({"c": 9})["c"], m.parents)
m["b"] = 30
print(m, dict(m.items()) == {"a": 1, "b": 30})
