# Breadth first, depth first, shortest ways.
import heapq
from collections import defaultdict, deque

edges = [("a", "b", 4), ("a", "c", 1), ("c", "b", 2), ("b", "d", 5), ("c", "d", 8), ("d", "e", 3)]
graph = defaultdict(dict)
for u, v, w in edges:
    graph[u][v] = graph[v][u] = w


def bfs(start):
    seen, queue = [start], deque([start])
    while queue:
        for v in sorted(graph[queue.popleft()]):
            if v not in seen:
                seen.append(v)
                queue.append(v)
    return seen


def dfs(u, seen=None):
    seen = seen if seen is not None else []
    seen.append(u)
    for v in sorted(graph[u]):
        if v not in seen:
            dfs(v, seen)
    return seen


def dijkstra(start):
    best, heap = {}, [(0, start, [start])]
    while heap:
        d, u, way = heapq.heappop(heap)
        if u in best:
            continue
        best[u] = d, way
        for v, w in graph[u].items():
            heapq.heappush(heap, (d + w, v, way + [v]))
    return best


print(bfs("a"), dfs("a"))
for node, (d, way) in dijkstra("a").items():
    print(node, d, "-".join(way))


def topological(needs):
    order, done = [], set()

    def visit(n):
        if n in done:
            return
        done.add(n)
        for m in needs.get(n, ()):
            visit(m)
        order.append(n)

    for n in needs:
        visit(n)
    return order


print(topological({"loss": ["pred", "y"], "pred": ["w", "x"], "w": [], "x": [], "y": []}))
