# From one type to another.
print(int("10"), int(9.9), int("0x1f", 16), float("3.5"), float(2), str(3.0), str(10**20), bool("False"), bool(0.0), bool([0]), bool(None))
print(list("abc"), list({1: 2}), list((1, 2)), tuple("ab"), set("aab") == {"a", "b"}, dict([("a", 1)]), list(range(3)), list(map(int, "123")), str([1, "2"]), repr("x"), str(True), int(True), float(False))
print([int(c) for c in "2024"], "".join(str(d) for d in [1, 2]), sum(map(int, "12345")), sorted(map(str, [10, 9, 1])), [bin(i)[2:].zfill(4) for i in range(4)], chr(ord("a") + 1), int("101", 2))
print(round(2.567, 1), int(round(2.5)), int(-0.5), 7 / 2, 7 // 2, int(7 / 2), float("1e-3"), 1e3, int(1e3), complex if False else "no complex", str(1e-10), 1.0, 100000000000000000000.0, 0.1 + 0.7)
print(str(()), str({}), str(set()), str(range(2)), str(type), str(None), str(...), str(int), str(ValueError("x")), str(ValueError), repr(ValueError("x")), repr(KeyError("k")), str(KeyError("k")))
