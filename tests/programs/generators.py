# Functions that wait.
def countdown(n):
    while n > 0:
        yield n
        n -= 1
    return "liftoff"


print(list(countdown(3)))
g = countdown(2)
print(next(g), next(g), next(g, "end"), next(g, "end"))
squares = (x * x for x in range(10))
print(sum(squares), sum(squares))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


for i, x in enumerate(fibonacci()):
    if x > 50:
        break
    print(i, x, end="; ")
print()


def pairs(n):
    return ((i, j) for i in range(n) for j in range(i) if (i + j) % 2)


print(list(pairs(5)))
first, *rest = countdown(4)
print(first, rest)
print(max(countdown(5)), sorted(countdown(3)), dict(enumerate(countdown(2))))
print(3 in countdown(5), 9 in countdown(5))


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


print("".join(chain("ab", ["c", "d"], (c for c in "ef"))))


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6))))
