# A little world with a generator of random numbers of its own.


class Random:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return self.state / 2**31

    def choice(self, items):
        return items[int(self.next() * len(items))]


r = Random(42)
print([round(r.next(), 4) for _ in range(3)], [r.choice("abc") for _ in range(5)])


def life(cells):
    neighbors = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = x + dx, y + dy
                    neighbors[key] = neighbors.get(key, 0) + 1
    return {c for c, n in neighbors.items() if n == 3 or n == 2 and c in cells}


glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for step in range(3):
    print(step, sorted(glider))
    for y in range(4):
        print("".join("#" if (x, y) in glider else "." for x in range(4)))
    glider = life(glider)


def monte_carlo(n):
    r = Random(7)
    return 4 * sum(r.next() ** 2 + r.next() ** 2 < 1 for _ in range(n)) / n


print(monte_carlo(500))
primes = [p for p in range(2, 50) if not any(p % q == 0 for q in range(2, int(p**0.5) + 1))]
print(primes)
collatz = {n: (lambda f, m: f(f, m, 0))(lambda f, m, s: s if m == 1 else f(f, m // 2 if m % 2 == 0 else 3 * m + 1, s + 1), n) for n in range(1, 8)}
print(collatz)
