# Comprehensions of all kinds.
print([x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(i, j) for i in range(3) for j in range(i)], {x % 3 for x in range(9)})
print({c: ord(c) for c in "ab"}, [[i * j for j in range(3)] for i in range(3)], [x for row in [[1, 2], [3]] for x in row], list(x for x in "ab"))
print(sum(x for x in range(4)), [f(3) for f in (str, float, lambda v: v + 1)], [a if a > 1 else -a for a in range(3)], [y for x in range(3) if (y := x * 2) > 1], {k: [v for v in range(k)] for k in range(3)})
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [sum(r) for r in matrix], max(max(r) for r in matrix), [x for x, y in zip("ab", "ac") if x == y], [*(i for i in range(3))])
print([i for i in range(3)], ["".join(p) for p in [("a", "b")]], [not x for x in [0, 1]], dict((k, v) for k, v in [("a", 1)]), tuple(i for i in range(2)), any(x == 2 for x in range(5)))
x = "outer"
print([x for x in range(2)], x)
primes = [n for n in range(2, 40) if all(n % d for d in range(2, int(n**0.5) + 1))]
print(primes, [line.split("=") for line in "a=1;b=2".split(";")], sorted({w[0]: w for w in ["apple", "bob", "avocado"]}.items()))


class C:
    n = 3
    items = [i for i in range(n)]


print(C.items, [lambda: i for i in range(2)][0](), (lambda n: [n + k for k in range(2)])(10))
g = (print("lazy", i) or i for i in range(2))
print("before")
print(list(g))
