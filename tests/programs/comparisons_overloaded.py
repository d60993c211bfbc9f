# Rich comparisons, hashing and containment.


class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __le__(self, other):
        return self < other or self == other

    def __hash__(self):
        return hash(self.parts)

    def __repr__(self):
        return ".".join(map(str, self.parts))


a, b, c = Version("1.2"), Version("1.10"), Version("1.2")
print(a == c, a != c, a == b, a < b, a > b, b >= a, a <= c, a == "1.2", a != "1.2")
print(sorted([b, a, Version("0.9")]), max(a, b), min([b, c]), len({a, b, c}), {a: "x"}[c], [b, a].index(c))


class NoHash:
    def __eq__(self, other):
        return True


try:
    hash(NoHash())
except TypeError as e:
    print(e)
print(NoHash() == 5, 5 == NoHash(), NoHash() != 5, 3 in [NoHash()], [1].count(NoHash()))


class Interval:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __contains__(self, x):
        return self.a <= x <= self.b

    def __bool__(self):
        return self.a < self.b

    def __len__(self):
        return self.b - self.a


i = Interval(1, 5)
print(3 in i, 7 in i, 7 not in i, bool(i), bool(Interval(2, 2)), len(i), not i, "yes" if i else "no")


class Bag:
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]


bag = Bag(3, 1, 2)
print(list(bag), 2 in bag, 9 in bag, sorted(bag), bool(Bag()), bag[-1], bag[1:], list(reversed(bag)), max(bag))
print(1 < 2 < 3 > 2 != 5, 1 < 3 < 2, not 1 == 2, 1 == 1.0 == True)
