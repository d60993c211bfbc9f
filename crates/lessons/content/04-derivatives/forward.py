class Dual:
    def __init__(self, value, slope):
        self.value = value
        self.slope = slope
    def __str__(self):
        return f'{self.value:g} + {self.slope:g} eps'

def times(a, b):
    # eps * eps is 0, so only these are left.
    return Dual(a.value * b.value, a.value * b.slope + a.slope * b.value)

# z = x * y * y, first with respect to x, then to y.
for slope_x, slope_y in [(1., 0.), (0., 1.)]:
    x = Dual(3., slope_x)
    y = Dual(2., slope_y)
    z = times(times(x, y), y)
    print(z)
