# range objects and slice objects.
r = range(0, 20, 3)
print(r, len(r), r[2], r[-1], r[1:4], r[::-1], list(r), 9 in r, 10 in r, 9.0 in r, "a" in r, r.index(9), r.count(3), r.start, r.stop, r.step)
print(range(3) == range(0, 3, 1), range(0) == range(2, 1), range(0, 10, 2) == range(0, 9, 2), hash(range(3)) == hash(range(0, 3)), range(5)[1:-1], bool(range(0)), range(10, 0, -3), list(range(10, 0, -3)), list(range(-3, 3)))
print(max(range(5)), sum(range(1, 101)), list(reversed(range(4))), range(10**12)[-1], 10**11 in range(10**12), len(range(10**12)), sorted(range(3), reverse=True), range(1, 10)[2:8:2], [*range(2)])
s = slice(1, 5, 2)
print(s, s.start, s.stop, s.step, slice(3), slice(None), list(range(10))[s], "abcdefgh"[s], (0, 1, 2, 3, 4, 5)[slice(-2, None)], s.indices(4), slice(None, None, -1).indices(5), slice(1, 2) == slice(1, 2))
x = list(range(10))
print(x[::3], x[::-2], x[8:2:-2], x[-3:], x[:-7], x[5:5], x[20:], x[-20:3], x[3:1], x[True:3])
x[2:5] = []
x[0:0] = ["a", "b"]
x[-1:] = [7, 8, 9]
print(x)
del x[::2]
print(x)
for f in [lambda: range(1, 2, 0), lambda: range(5)[9], lambda: range(1.5), lambda: range(3).index(7), lambda: [1][::0], lambda: [1]["a":], lambda: range("3"), lambda: range()]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
i = iter(range(3))
print(next(i), list(i), list(i))
