"""A list whose first item is its smallest."""


def heappush(heap, item):
    heap.append(item)
    _rise(heap, len(heap) - 1)


def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _sink(heap, 0)
    return first


def heapreplace(heap, item):
    first, heap[0] = heap[0], item
    _sink(heap, 0)
    return first


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(x):
    for i in reversed(range(len(x) // 2)):
        _sink(x, i)


def _rise(heap, at, top=0):
    item = heap[at]
    while at > top:
        above = (at - 1) // 2
        if not item < heap[above]:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = item


def _sink(heap, at):
    top, item, n = at, heap[at], len(heap)
    below = 2 * at + 1
    while below < n:
        if below + 1 < n and not heap[below] < heap[below + 1]:
            below += 1
        heap[at] = heap[below]
        at = below
        below = 2 * at + 1
    heap[at] = item
    _rise(heap, at, top)


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[: max(n, 0)]


def merge(*iterables, key=None, reverse=False):
    everything = [x for iterable in iterables for x in iterable]
    yield from sorted(everything, key=key, reverse=reverse)
