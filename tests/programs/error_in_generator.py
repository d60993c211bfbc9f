# An exception inside a generator, raised where it is consumed.


def numbers():
    yield 1
    yield 2
    raise RuntimeError("ran dry")


total = 0
for n in numbers():
    total += n
    print(total)
