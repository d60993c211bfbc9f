# yield from hands values, exceptions and the result through.


def inner():
    received = []
    try:
        while True:
            x = yield len(received)
            if x is None:
                break
            received.append(x)
    except ZeroDivisionError:
        received.append("zero")
    return received


def outer():
    first = yield from inner()
    print("first", first)
    second = yield from inner()
    print("second", second)
    yield from "ab"
    return "all"


g = outer()
print(next(g))
print(g.send("x"), g.send("y"))
print(g.send(None))
print(g.throw(ZeroDivisionError))
print(next(g))
try:
    next(g)
except StopIteration as e:
    print("result", e.value)


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [4]], 5], []])))


def wrong():
    yield 1
    raise StopIteration("inside")


try:
    print(list(wrong()))
except RuntimeError as e:
    print(e, "|", repr(e.__cause__))
