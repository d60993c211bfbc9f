import math
for a in [7, -7, 0, 10**20, -10**20, 2**63, -2**63, 2**62]:
    for b in [2, -2, 3, -3, 10**10, -10**10, 2**64]:
        print(a // b, a % b, divmod(a, b), a * b, a + b, a - b, a / b, a & b, a | b, a ^ b, a < b, a == b)
for a in [7.5, -7.5, 0.0, 1e300, 0.1]:
    for b in [2.0, -2.0, 0.3, -1e-3, 3]:
        print(a // b, a % b, divmod(a, b), a * b, a / b)
print(2**10, 2**-1, (-2)**3, 2**0.5, 0**0, 0.0**0, (-8)**-1, 10**-3, 2**100, (-3)**5, 1**10**6)
print(1 << 70, -1 >> 3, 5 >> 1, -5 >> 1, (1 << 70) >> 68, ~5, ~-1, -(-5), +True)
print(10**17 / 3, (10**30) / 7, 10**400 // 10**399, 123456789**5, 1 / 10**25, 3 * 10**25 / 10**25, (2**200 + 1) / 2**199)
print(int("0x1f", 16), int("0b101", 0), int("  42  "), int("-1_000"), int(3.99), int(-3.99), int(1e20), int("z", 36), float("1e3"), float(" -2.5 "), float("inf"), float("1_0.5"))
print(hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(-1), hash(0.5), hash((1, 2, 3)), hash(10**30), hash(1e300))
print(1 == 1.0, 2**53 == float(2**53), 2**53 + 1 == float(2**53), 10**400 > 1e308, -10**400 < float("-inf"), 1 < 1.5 < 2, 3 > 2.5)
print(math.gcd(12, 18), math.lcm(4, 6), math.isqrt(10**20), math.comb(10, 3), math.perm(5, 2), math.floor(-0.5), math.ceil(-0.5), math.trunc(2.9), math.fsum([0.1] * 10), math.hypot(3, 4), math.log(8, 2), math.log2(8), math.log10(1000), math.exp(1), math.sin(1), math.atan2(1, -1), math.degrees(math.pi), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.modf(-2.5), math.frexp(8.5), math.prod([1, 2, 3, 4]), math.inf, -math.inf, math.nan, math.tau, math.log(10**400), math.dist([0, 0], [3, 4]))
print((255).bit_length(), (10).bit_count(), (2.5).is_integer(), (4.0).is_integer(), (0.75).as_integer_ratio(), 1.5.hex(), (3).real, (2.0).imag)
print(pow(2, 10, 1000), pow(3, -1, 7), abs(-3), abs(-2.5), sum([1, 2.5, True]), sum([[1], [2]], []), max(1, 2.5), min([3, 1, 2], key=lambda v: -v), bin(10), hex(255), oct(8), bin(-5), chr(233), ord("é"))
print(0.1 + 0.2, 1e16 + 1, 1.1 * 3, 100 * 1.1, 1e-10, 123e-7, 5e-5, 4.35 * 100, 2.0 ** 0.5, 1e23, 9007199254740993.0)
print(True + True, True * 3, False or 5, 0 and 1, not 0.0, bool("False"), 5 and 6, None or [] or "x")
n = 0
for i in range(100):
    n = n * 31 + i
print(n, len(str(n)), n % 1000007, str(n)[:10], n.bit_length())
print(list(range(10, 0, -3)), range(5)[2], range(0, 10, 2)[1:3], 4 in range(0, 10, 2), 5 in range(0, 10, 2), len(range(3, 30, 4)), range(3) == range(0, 3), list(reversed(range(5))), range(10).index(7), range(0, -5, -2))
