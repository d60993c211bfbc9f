# and, or, not, comparisons in a chain, is.
print(1 and 2, 0 and 2, 1 or 2, 0 or "", None or "x", not 0, not "a", [] or {} or "last", 1 and [] and 3)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 == 2 != 1, 1 == 1 == 1, (1 < 2) == True, 1 < 2 == True, not 1 == 2, not not 5)


def say(x, result):
    print(x, end=" ")
    return result


print(say("a", True) or say("b", True), say("c", False) and say("d", True), say("e", 1) < say("f", 2) < say("g", 0) < say("h", 9))
x = None
print(x is None, x is not None, [] is [], "yes" if not x else "no", x == 0, 1 is not None, (1, 2) == (1, 2), [] == (), 1 == "1", "a" == b"a")
print(True and False or True, not True == False, True + True * 2, 5 if 0 else 6 if 0 else 7, (lambda: None)() or "default", bool(not []), 3 in [1, 2] or 2 in [1, 2])
print([x for x in [0, 1, "", "a", [], [0], {}, None, 0.0, -1, (), (0,)] if x], all([[]]), any([[]]), max(True, 2), sum([True] * 3), True is True, int(False))
a, b = [1], [1]
c = a
print(a == b, a is b, a is c, a is not b, id(a) == id(c), not a is b, a in [b], [a].index(b))
print(min(1, 2) < max(1, 2), 1 <= 1.0 <= 1, "a" < "b" < "c", not None, -0.0 == 0.0, float("nan") != float("nan"), 0.1 + 0.2 != 0.3)
