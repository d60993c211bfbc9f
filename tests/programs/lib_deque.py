# collections.deque
from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, d.pop(), d.popleft(), d, len(d), d[0], d[-1], 2 in d, list(d), d.count(2), d.index(3))
d.extend([5, 6])
d.extendleft([9, 8])
d.rotate(2)
print(d)
d.rotate(-1)
d.remove(5)
d.reverse()
d.insert(1, "x")
d[0] = "first"
del d[-1]
print(d, d.copy() == d, deque("abc", maxlen=2), bool(deque()), deque([1]) + deque([2]), deque([1, 2]) < deque([1, 3]), list(reversed(d)))
last = deque(maxlen=3)
for i in range(6):
    last.append(i)
print(last, last.maxlen, sum(last), max(last))
last.appendleft(99)
print(last, [x for x in last], deque([[1], (2,)]))
for f in [lambda: deque().pop(), lambda: deque().popleft(), lambda: d[99], lambda: d.remove("nope"), lambda: deque([1], -1), lambda: deque([1])[0:1]]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
queue = deque([("a", 0)])
graph = {"a": "bc", "b": "d", "c": "d", "d": ""}
seen = set()
while queue:
    node, depth = queue.popleft()
    if node not in seen:
        seen.add(node)
        print(node, depth, end=" ")
        queue.extend((n, depth + 1) for n in graph[node])
print()
