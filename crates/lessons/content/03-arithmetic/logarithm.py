import math

def series(s, terms):
    # 2 (s + s^3/3 + s^5/5 + ...) is log((1 + s) / (1 - s))
    total, power = 0.0, s
    for k in range(terms):
        total = total + power / (2 * k + 1)
        power = power * s * s
    return 2 * total

log2 = series(1 / 3, 20)       # (1 + 1/3) / (1 - 1/3) = 2

def log(a, terms):
    halvings = 0
    while a > 4 / 3:
        a = a / 2
        halvings = halvings + 1
    while a < 2 / 3:
        a = a * 2
        halvings = halvings - 1
    return halvings * log2 + series((a - 1) / (a + 1), terms)

for terms in range(1, 11):
    value = log(10.0, terms)
    error = abs(value - math.log(10.0))
    print(f'{terms:3d}  {value:.15f}  {error:.1e}')
