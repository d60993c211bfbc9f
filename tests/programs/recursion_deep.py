# Recursion up to the limit and past it.


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(500))


def forever(n):
    return forever(n + 1)


try:
    forever(0)
except RecursionError as e:
    print(type(e).__name__, str(e).startswith("maximum recursion depth exceeded"))


def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def permutations(s):
    if len(s) < 2:
        return [s]
    return [c + p for i, c in enumerate(s) for p in permutations(s[:i] + s[i + 1 :])]


def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def flat(x):
    return [y for item in x for y in flat(item)] if isinstance(x, list) else [x]


def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)


print(hanoi(6, "a", "b", "c"), permutations("abc"), ackermann(2, 3), even(100), odd(7), flat([1, [2, [3, []]]]), gcd(1071, 462))


class Node:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def total(self):
        return self.value + sum(c.total() for c in self.children)

    def __repr__(self):
        return f"{self.value}({', '.join(map(repr, self.children))})"


tree = Node(1, Node(2, Node(3)), Node(4))
print(tree, tree.total())
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(20), fact(30))
