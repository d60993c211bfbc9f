# Integers without limit.
print(2**100, -(7**30), 10**18 * 10**18, 2**64 - 1, (2**70) // 3, (2**70) % 1000, -(2**70) // 7, -(2**70) % 7)
print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 3), divmod(7, -3), 7 / 2, 2**-2, 0**0)
print((255).bit_length(), (0).bit_length(), (-8).bit_length(), (255).bit_count(), (5).as_integer_ratio(), (3).conjugate(), (5).real, (5).imag, (7).numerator)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 70, (1 << 70) >> 68, -1 >> 3, -5 & 0xFF, 0b1010, 0o17, 0xFF, 1_000_000)
print(int("42"), int(" -17 "), int("ff", 16), int("0b11", 0), int("z", 36), int("1_000"), int(3.99), int(-3.99), int(True), int("0o17", 8))
print(bin(10), oct(64), hex(255), bin(-5), hex(-255), hex(2**70), str(2**70), f"{2**70:_}")
print(pow(3, 200, 1000007), pow(2, -1, 7), pow(2, 10), pow(2, 0.5), pow(-8, 3), abs(-(10**20)))
print(round(15, -1), round(25, -1), round(-25, -1), round(1234, -2), round(5), round(2**70, -5))
print(1 == 1.0, 2**53 + 1 == float(2**53 + 1), 10**20 > 1e19, hash(2**61 - 1), hash(-1), hash(2**70), hash(10**20))
print(isinstance(True, int), True + True, sum([True, False, True]), True == 1, False < True, bool(0), bool(-1), int.__name__)
print(sum(range(10**6)), max(3, 1, 2), min([5, 2, 8]), (10**30) ** 0.5, float(10**22), int(1e22), int(1e300) % 1000)
for text in ["", "abc", "1.5", "0x1f", "1__0", "9" * 3]:
    try:
        print(int(text))
    except ValueError as e:
        print(e)
for f in [lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: int("x", 40), lambda: int(None), lambda: int("z", 10), lambda: 2 ** "a", lambda: 1 << -1, lambda: pow(2, -1, 4), lambda: int(float("nan")), lambda: int(float("inf")), lambda: 10**400 * 1.0, lambda: float(10**400), lambda: (300).to_bytes(1, "big")]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
