# collections.Counter
from collections import Counter

c = Counter("mississippi")
print(c, c["s"], c["z"], c.most_common(2), sum(c.values()), len(c), sorted(c.elements()), c.total(), "m" in c)
c.update("miss")
c["new"] = 2
print(c, Counter(a=3, b=1), Counter({"x": 2}), Counter(), Counter(["a", "b", "a"]).most_common())
a, b = Counter(a=3, b=1), Counter(a=1, b=2)
print(a + b, a - b, a & b, a | b, +Counter(a=-1, b=1), a == Counter(b=1, a=3), dict(a), list(a))
a.subtract(b)
print(a, sorted(a.items()), a.most_common()[:-2:-1])
del a["nothing"]
words = "the cat and the hat and the bat".split()
for word, count in Counter(words).most_common():
    print(word, count)
a.clear()
print(a, type(a).__name__, isinstance(a, dict), Counter("aab").copy())
