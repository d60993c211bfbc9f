import math

def square_root(a):
    x = a
    for turn in range(100):
        error = abs(x - math.sqrt(a))
        print(f'{turn:3d}  {x:.15f}  {error:.1e}')
        if error < 1e-15 * x:
            break
        x = (x + a / x) / 2
    return x

square_root(2.0)
