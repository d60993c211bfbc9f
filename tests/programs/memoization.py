# Remembering results, in four ways.
from functools import cache


def naive(n):
    global calls
    calls += 1
    return n if n < 2 else naive(n - 1) + naive(n - 2)


calls = 0
print(naive(15), calls)


def by_dict(n, memo={}):
    if n not in memo:
        memo[n] = n if n < 2 else by_dict(n - 1) + by_dict(n - 2)
    return memo[n]


@cache
def by_cache(n):
    return n if n < 2 else by_cache(n - 1) + by_cache(n - 2)


class Fibonacci(dict):
    def __missing__(self, n):
        self[n] = n if n < 2 else self[n - 1] + self[n - 2]
        return self[n]


def by_loop(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print([f(60) for f in (by_dict, by_cache, by_loop)], Fibonacci()[60], by_cache.cache_info().hits)


@cache
def paths(x, y):
    return 1 if x == 0 or y == 0 else paths(x - 1, y) + paths(x, y - 1)


@cache
def distance(a, b):
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return distance(a[1:], b[1:])
    return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))


print(paths(10, 10), distance("kitten", "sitting"), distance("", "abc"))
