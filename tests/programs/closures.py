def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


total = 0


def add(value):
    global total
    total += value


first, second = counter(), counter(10)
print(first(), first(), second(), first(5), second(-1))
late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])
for value in range(4):
    add(value)
print(total)
