# Everything a list can do.
a = [3, 1, 2]
a.append(4)
a.extend([5, 6])
a.insert(0, 0)
a.insert(-1, 99)
a.insert(100, 7)
print(a, a.pop(), a.pop(0), a.index(99), a.count(1), len(a))
a.remove(99)
a.reverse()
print(a, a.copy(), sorted(a), sorted(a, reverse=True), a[::-1], a[1:3], a[-2:], a[::2], a[10:], a[-100:2])
a.sort()
a[1:3] = ["x", "y", "z"]
print(a)
a[::2] = [0] * len(a[::2])
del a[0], a[-1]
print(a, a * 2, [1] + [2], [[0] * 2 for _ in range(2)])
del a[1:]
a += (8, 9)
a *= 2
print(a, [] == [], [1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 9], 8 in a, [1, [2, [3]]], list("ab"), list(range(3)))
words = ["banana", "Apple", "cherry", "date"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=lambda w: (-len(w), w)))
pairs = [(1, "b"), (0, "z"), (1, "a"), (0, "y")]
pairs.sort(key=lambda p: p[0], reverse=True)
print(pairs, min(pairs), max(pairs, key=lambda p: p[1]), sum([[1], [2, 3]], []))
nested = [[1, 2], [3, 4]]
shallow = nested[:]
shallow[0].append(9)
print(nested, [x for row in nested for x in row], [*zip(*[[1, 2], [3, 4]])], list(map(sum, [[1], [2, 3]])))
self_containing = [1]
self_containing.append(self_containing)
print(self_containing)
a.clear()
print(a, bool(a), any(a), all(a))
for f in [lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1][3], lambda: [1]["a"], lambda: [1] + (2,), lambda: [1] * "a", lambda: [3, "a"].sort(), lambda: sorted([1, None]), lambda: [1, 2].index(2, 0, 1), lambda: [1].append(), lambda: [].extend(5), lambda: [1][1.0], lambda: list(5)]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    [1, 2, 3][::2] = [1]
except ValueError as e:
    print(e)
b = [1, 2, 3]
try:
    b[::2] = [1]
except ValueError as e:
    print(e)
