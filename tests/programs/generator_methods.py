# send, throw and close.


def running_mean():
    total, count, mean = 0.0, 0, None
    while True:
        x = yield mean
        total += x
        count += 1
        mean = total / count


mean = running_mean()
next(mean)
for x in (1, 2, 6):
    print(mean.send(x))
mean.close()
try:
    mean.send(1)
except StopIteration as e:
    print("closed", e.value)


def patient():
    while True:
        try:
            yield "waiting"
        except ValueError as e:
            print("caught", e)
        finally:
            print("round done")


g = patient()
print(next(g))
print(g.throw(ValueError("first")))
print(g.throw(ValueError, "second"))
try:
    g.throw(KeyError("other"))
except KeyError as e:
    print("escaped", repr(e))
print(list(g))


def cleaned():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("told to stop")
        raise
    finally:
        print("cleaned up")


g = cleaned()
print(next(g))
g.close()
g.close()
g = cleaned()
g.close()
print("closed before it began")


def stubborn():
    for _ in range(2):
        try:
            yield 1
        except GeneratorExit:
            pass


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)
