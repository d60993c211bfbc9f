# Assignments inside expressions.
data = [1, 5, 2, 8, 3]
if (n := len(data)) > 3:
    print("long", n)
while (last := data.pop()) != 5:
    print("popped", last)
print([y for x in range(5) if (y := x * x) > 3], y)
print((a := 1, a + 1), (b := [1, 2])[0], f"{(c := 3)=} {c!r}", {k: (v := k * 2) for k in range(2)}, v)
total = 0
partial = [total := total + x for x in range(5)]
print(partial, total)


def f(x):
    return (half := x // 2) + half


print(f(9), any((found := w).startswith("b") for w in ["apple", "bob", "cat"]), found)
numbers = iter([3, 1, 0, 7])
collected = []
while chunk := next(numbers, None):
    collected.append(chunk)
print(collected)
print(max(best := [3, 9, 2]), best, not (z := 0), z)
