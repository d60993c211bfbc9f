import math
import matplotlib.pyplot as plt

def newton(turns):
    x = 2.0
    for turn in range(turns):
        x = (x + 2.0 / x) / 2
    return x

def cordic(turns):
    x, y, angle, part = 0.6072529350088813, 0.0, 0.5, 1.0
    for turn in range(turns):
        side = 1 if angle >= 0 else -1
        x, y = x - side * y * part, y + side * x * part
        angle = angle - side * math.atan(part)   # from the library, for brevity
        part = part / 2
    return y

def logarithm(terms):
    s, total = 1 / 9, 3 * math.log(2)
    for k in range(terms):
        total = total + 2 * s ** (2 * k + 1) / (2 * k + 1)
    return total

plt.title('error by turn or term')
for name, way, exact in [('square root of 2', newton, math.sqrt(2)),
                         ('sine of 0.5', cordic, math.sin(0.5)),
                         ('logarithm of 10', logarithm, math.log(10))]:
    errors = []
    for n in range(1, 25):
        errors.append(max(abs(way(n) - exact), 1e-16))
        if errors[-1] < 1e-15:
            break
    print(f'{name}: {len(errors)} steps')
    plt.semilogy(range(1, len(errors) + 1), errors, label=name)
plt.xlabel('steps')
plt.legend()
plt.show()
