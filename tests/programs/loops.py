for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
print("prime")

n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
else:
    print("steps", steps)

for i, (name, size) in enumerate(zip("abc", [3, 2, 1]), start=1):
    if name == "b":
        continue
    print(i, name, size)
print(list(range(10, 0, -3)), list(reversed([1, 2, 3])))
