x = 5
print(1 < x < 10, 1 < x > 3, 1 < x < 3, 5 == x == 5.0, 1 < 2 < 3 < 2)
print(x if x > 3 else -x, "big" if x > 10 else "small")
print(0 or "default", 1 and 2, [] and 1, None or 0 or "", not [], not "a")
print(None is None, x is not None, [1] == [1], [1] is [1], (1, 2) < (1, 3), "a" != "b")
print(3 in [1, 2, 3], "k" in {"k": 1}, "ad" in "gradient", 4 not in (1, 2))


def noisy(value):
    print("evaluated", value)
    return value


print(noisy(1) < noisy(0) < noisy(2))
print(noisy(0) or noisy(3))
print(noisy(0) and noisy(3))
print(bool(0.0), bool("0"), bool(()), bool([0]), bool(None))
