ages = {"ada": 36, "alan": 41}
ages["grace"] = 85
print(ages, len(ages), ages["ada"], "alan" in ages)
print(ages.get("nobody"), ages.get("nobody", 0))
for name, age in ages.items():
    print(name, age, sep=":", end=";")
print()
print(list(ages), list(ages.keys()), list(ages.values()))
ages.update({"ada": 37}, alan=42)
print(ages.pop("grace"), ages.setdefault("kurt", 71), ages)
del ages["kurt"]
print({**ages, "x": 1}, dict(a=1, b=2), dict([("k", "v")]))
counts = {}
for letter in "mississippi":
    counts[letter] = counts.get(letter, 0) + 1
print(counts, max(counts, key=counts.get))
print({1: "a", (1, 2): "b", None: "c", 2.5: "d"}, {1: "int"} == {1.0: "int"}, {})
