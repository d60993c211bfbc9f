# Generators one after the other.


def numbers(n):
    for i in range(n):
        yield i


def only(predicate, values):
    return (v for v in values if predicate(v))


def scaled(values, k):
    for v in values:
        yield v * k


def batched(values, size):
    batch = []
    for v in values:
        batch.append(v)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def running(values):
    total = 0
    for v in values:
        total += v
        yield total


print(list(batched(scaled(only(lambda v: v % 2, numbers(12)), 10), 4)))
print(list(running([1, 2, 3])), sum(running(numbers(5))), [len(b) for b in batched("abcdefg", 3)])


def consumer(name):
    total = 0
    while True:
        item = yield total
        if item is None:
            return f"{name}: {total}"
        total += item


c = consumer("sum")
next(c)
print([c.send(v) for v in (1, 2, 3)])
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)


def interleave(*iterables):
    iterators = [iter(i) for i in iterables]
    while iterators:
        for it in iterators[:]:
            try:
                yield next(it)
            except StopIteration:
                iterators.remove(it)


print("".join(interleave("ace", "bd", "")), dict(zip(*[iter(["a", 1, "b", 2])] * 2)))
