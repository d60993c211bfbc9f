# Sets and frozen sets.
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a <= {1, 2, 3, 4}, a < a, a >= {1}, a > {1, 2}, a == {3, 2, 1}, a.isdisjoint({9}), a != b)
print(a.union([9], (8,)), a.intersection([1, 5]), a.difference([1]), a.symmetric_difference([1, 7]), a.issubset(range(9)), a.issuperset([1]))
a.add(5)
a.add(5)
a.discard(99)
a.remove(1)
a.update([7, 8], {9})
print(a, len(a), 5 in a, sorted(a), set(), set("hello") == {"h", "e", "l", "o"}, {x % 3 for x in range(10)}, frozenset([1, 2]), frozenset())
a &= {5, 7, 9, 11}
a |= {1}
a -= {7}
a ^= {1, 2}
print(a, {1, 1.0, True}, set(range(5)), set([3, 1, 2]), list({10, 20, 30}), a.copy() == a, bool(set()), {1} | frozenset([2]), frozenset([1]) | {2})
f = frozenset("ab")
print({f: 1}[frozenset("ba")], f == {"a", "b"}, hash(f) == hash(frozenset("ab")), len({frozenset([1]), frozenset([1])}), {(1, 2), (1, 2)}, max({3, 9, 2}), sum({1, 2}))
a.intersection_update([5, 2])
a.difference_update([2])
a.symmetric_difference_update([1])
print(a, a.pop() in (1, 5), isinstance(f, frozenset), type(f | {1}).__name__, type({1} | f).__name__)
for g in [lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} + {2}, lambda: {1} | [2], lambda: {1}[0], lambda: hash({1}), lambda: frozenset().add(1), lambda: set(5), lambda: {1} < [2]]:
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
