# The interpreter alone: a loop, calls, a list and a dict.
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    s = 0
    for i in range(1_000_000):
        s += i
    squares = [i * i for i in range(200_000)]
    counts = {}
    for v in squares:
        counts[v % 97] = counts.get(v % 97, 0) + 1
    return s + fib(22) + len(counts)


start = time.perf_counter()
work()
print("seconds", time.perf_counter() - start)
