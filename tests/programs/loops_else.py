# for and while with else, break and continue.
for n in range(2, 10):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "is prime")
i = 0
while i < 5:
    i += 1
    if i == 2:
        continue
    if i == 4:
        break
    print("i", i)
else:
    print("never")
while i > 0:
    i -= 1
else:
    print("ended at", i)
for x in []:
    pass
else:
    print("empty")
for i, (a, b) in enumerate(zip("ab", [1, 2])):
    print(i, a, b)
items = [1, 2, 3, 4]
for x in items[:]:
    if x % 2:
        items.remove(x)
print(items)
for i in range(3): print(i, end=","); print(end="")
print()
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
outer = 0
for a in range(3):
    for b in range(3):
        if b == 1:
            continue
        if a == 2:
            break
        outer += 1
    else:
        continue
    break
print(outer, a, b)
for c in "ab":
    for c in "xy":
        pass
    print(c)
while True:
    try:
        raise ValueError
    except ValueError:
        break
    finally:
        print("left")
x = 10
while (x := x - 3) > 0:
    print(x, end=" ")
print(x)
for key in {"a": 1, "b": 2}:
    print(key, end=" ")
for _ in range(3):
    pass
print(_)
