# Floats as CPython shows and rounds them.
for x in [0.1, 1 / 3, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 1e22, 1.5e300, -0.0, 5e-324, 2.0, 100.0, 1e100, 3.0e8]:
    print(x, repr(x), x.hex(), x.is_integer())
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(0.5), round(1e20), round(1.005, 2), round(5.015, 2), round(-0.4))
print((0.75).as_integer_ratio(), (0.1).as_integer_ratio(), float.fromhex("0x1.8p1"), float.fromhex("-0x1p-3"), (2.5).conjugate())
print(float("1e3"), float(" -2.5 "), float("inf"), float("-Infinity"), float("nan"), float("1_000.5"), float(".5"), float("5."), float("1E-2"))
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, divmod(7.5, 2), 2**0.5, (-8) ** 2, 1e308 * 10, -1e308 * 10, 0.1 + 0.2 == 0.3)
inf, nan = float("inf"), float("nan")
print(inf > 1e308, nan == nan, nan != nan, inf - inf, inf * 0, -inf, 1 / inf, max(1, nan), min(nan, 1), sorted([3, inf, -inf, 2]), nan in [nan])
print(int(2.9), int(-2.9), 3.7 % 1, 1e3 == 1000, 5 / 2, 6 / 3, 2 * 3.0, 1.0 // 0.3, float(True), abs(-2.5), hash(0.5), hash(1.0), hash(inf))
print(sum([0.1] * 10), 0.1 * 3, 1e16 + 1, 9007199254740993.0, 1.1 + 2.2, 3 * 1.1, 1 - 0.9, 4.35 * 100)
for f in [lambda: 1.0 / 0, lambda: 1.0 % 0, lambda: 1.0 // 0, lambda: 0.0 ** -1, lambda: float("x"), lambda: float(""), lambda: float([1]), lambda: round(inf), lambda: round(nan), lambda: 2.0**5000, lambda: inf.as_integer_ratio(), lambda: divmod(1.0, 0), lambda: 1.5 << 1, lambda: 1.5 & 1]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
