# Numbers as the Romans wrote them.
SIGNS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    out = ""
    for value, sign in SIGNS:
        count, n = divmod(n, value)
        out += sign * count
    return out


def from_roman(text):
    values = dict((s, v) for v, s in SIGNS if len(s) == 1)
    total = 0
    for a, b in zip(text, text[1:] + " "):
        total += -values[a] if values.get(b, 0) > values[a] else values[a]
    return total


for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999):
    print(f"{n:>5} {to_roman(n):<12} {from_roman(to_roman(n)) == n}")
