# Classes that extend int, float, str and tuple.


class Celsius(float):
    def __repr__(self):
        return f"{float(self):.1f} C"

    def fahrenheit(self):
        return self * 9 / 5 + 32


t = Celsius(21.5)
print(t, t.fahrenheit(), t + 1, type(t + 1).__name__, t > 20, round(t), f"{t:.2f}", isinstance(t, float))
print(max(Celsius(1), Celsius(3)), sum([Celsius(1), Celsius(2)]), abs(Celsius(-2)), -t, hash(Celsius(2)) == hash(2))


class Mod(int):
    def __new__(cls, value, modulus=7):
        self = super().__new__(cls, value % modulus)
        self.modulus = modulus
        return self

    def __add__(self, other):
        return Mod(int(self) + int(other), self.modulus)

    __radd__ = __add__

    def __repr__(self):
        return f"{int(self)} (mod {self.modulus})"


a = Mod(10)
print(a, a + 6, 6 + a, a * 2, type(a * 2).__name__, a == 3, {a: 1}[3], [10, 20, 30, 40][a], range(a), a.modulus)
print(a // 2, divmod(a, 2), a < 4, bool(Mod(7)), "%d" % a, f"{a:03d}", str(a), int(a), a.bit_length())


class Name(str):
    def shout(self):
        return self.upper() + "!"

    def __len__(self):
        return 99


n = Name("ada")
print(n, n.shout(), len(n), n + "x", n[0], n == "ada", {n: 1}["ada"], "d" in n, n.replace("a", "o"), repr(n))
print(isinstance(n, str), "-".join([n, Name("b")]), n.startswith("a"), f"{n:>5}|", "%s" % n, sorted([Name("b"), n]))


class Vec(tuple):
    def __new__(cls, *xs):
        return super().__new__(cls, xs)

    def __add__(self, other):
        return Vec(*(a + b for a, b in zip(self, other)))

    @property
    def x(self):
        return self[0]


v = Vec(1, 2)
print(v, v + Vec(3, 4), v.x, len(v), v == (1, 2), hash(v) == hash((1, 2)), type(v + v).__name__, v[::-1])
x, y = v
print(x, y, [*v], v < (1, 3), v.index(2))


class Tags(set):
    def add(self, x):
        super().add(x.lower())


s = Tags(["a"])
s.add("B")
print(sorted(s), "b" in s, len(s), s | {"c"} == {"a", "b", "c"}, type(s).__name__, Tags([1]))
