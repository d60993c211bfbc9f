class Dual:
    """A value and how fast it changes: value + slope * epsilon."""

    def __init__(self, value, slope=0.0):
        self.value = value
        self.slope = slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value,
                    self.value * other.slope + self.slope * other.value)

x = Dual(3.0, 1.0)
y = x * x + x
print(y.value, y.slope)
