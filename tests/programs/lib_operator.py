# operator, bisect, heapq
import bisect
import heapq
import operator
from operator import attrgetter, itemgetter, methodcaller, mul

print(operator.add(1, 2), mul(3, 4), operator.truediv(1, 2), operator.neg(3), operator.eq(1, 1), operator.lt(1, 2), operator.contains([1], 1), operator.getitem({"a": 5}, "a"), operator.not_(0), operator.and_(6, 3), operator.pow(2, 5), operator.is_(None, None))
rows = [("b", 2), ("a", 3), ("c", 1)]
print(sorted(rows, key=itemgetter(1)), max(rows, key=itemgetter(0)), itemgetter(0, 1)(rows[0]), list(map(itemgetter(1), rows)))


class P:
    def __init__(self, n, q=None):
        self.n, self.q = n, q


print(attrgetter("n")(P(4)), attrgetter("q.n")(P(1, P(9))), attrgetter("n", "q")(P(1)), methodcaller("upper")("x"), methodcaller("split", ",")("a,b"))
data = [1, 3, 3, 5, 8]
print(bisect.bisect_left(data, 3), bisect.bisect_right(data, 3), bisect.bisect(data, 9), bisect.bisect_left(data, 0))
bisect.insort(data, 4)
print(data, bisect.bisect_left(["a", "bb", "ccc"], 2, key=len))
heap = [5, 2, 9, 1, 7, 3]
heapq.heapify(heap)
print(heap, heapq.heappop(heap), heap, heapq.nsmallest(2, heap), heapq.nlargest(2, heap))
heapq.heappush(heap, 0)
print(heap[0], heapq.heappushpop(heap, 4), heapq.heapreplace(heap, 8), heap, [heapq.heappop(heap) for _ in range(len(heap))])
tasks = []
for item in [(2, "code"), (1, "eat"), (3, "sleep")]:
    heapq.heappush(tasks, item)
print(tasks, heapq.heappop(tasks), list(heapq.merge([1, 4], [2, 3])))
