# A class that extends list.


class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def peek(self):
        return self[-1]

    def __repr__(self):
        return f"Stack({super().__repr__()})"


s = Stack([1, 2])
s.push(3).push(4)
print(s, len(s), s.peek(), s.pop(), s[0], s[1:], list(s))
print(isinstance(s, list), isinstance(s, Stack), type(s).__name__, issubclass(Stack, list))
print(s == [1, 2, 3], [1, 2, 3] == s, s + [9], type(s + [9]).__name__, 2 in s, sum(s), sorted(s, reverse=True))
for x in s:
    print(x, end=" ")
print()
s[0] = 10
del s[1]
s += [5]
s.extend((6, 7))
print(s, type(s).__name__, bool(s), bool(Stack()), max(s), s.index(5), s.count(6))
s.name = "mine"
print(s.name, s.__dict__)


class Checked(list):
    def __init__(self, *items):
        super().__init__(items)
        self.checks = 0

    def append(self, x):
        if not isinstance(x, int):
            raise TypeError(f"{x!r} is no integer")
        self.checks += 1
        super().append(x)

    def __getitem__(self, i):
        return list.__getitem__(self, i) * 100

    def __len__(self):
        return 42


c = Checked(1, 2)
c.append(3)
try:
    c.append("x")
except TypeError as e:
    print(e)
print(c, c[0], len(c), c.checks, [x for x in c], [*c], c.copy())


class Plain(list):
    pass


p = Plain("abc")
print(p, p * 2, p.copy(), p < Plain("abd"), Plain.mro()[1].__name__)
