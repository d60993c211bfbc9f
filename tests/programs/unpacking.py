a, b = 1, 2
a, b = b, a
print(a, b)
first, *middle, last = range(6)
print(first, middle, last)
(x, y), z = (1, 2), 3
print(x, y, z)
single, = [7]
print(single)
for key, (low, high) in [("p", (1, 2)), ("q", (3, 4))]:
    print(key, low + high)
i = j = k = 0
i, grid = 1, [5, 6]
i, grid[i] = 0, 9
print(i, j, k, grid)


def divide(n, d):
    return n // d, n % d


quotient, remainder = divide(17, 5)
print(quotient, remainder, *divide(-17, 5))
