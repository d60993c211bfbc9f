class Number:
    def __init__(self, value):
        self.value = value
    def derivative(self):
        return Number(0)
    def __str__(self):
        return str(self.value)

class X:
    def derivative(self):
        return Number(1)
    def __str__(self):
        return 'x'

class Sum:
    def __init__(self, a, b):
        self.a, self.b = a, b
    def derivative(self):
        return Sum(self.a.derivative(), self.b.derivative())
    def __str__(self):
        return f'({self.a} + {self.b})'

class Product:
    def __init__(self, a, b):
        self.a, self.b = a, b
    def derivative(self):      # (a b)' = a' b + a b'
        return Sum(Product(self.a.derivative(), self.b),
                   Product(self.a, self.b.derivative()))
    def __str__(self):
        return f'({self.a} * {self.b})'

x = X()
y = Product(x, Sum(x, Number(1)))
print(y)
print(y.derivative())

# Multiply by x + 1 again and again.
for turn in range(6):
    y = Product(y, Sum(x, Number(1)))
    d = y.derivative()
    print(f'{str(y).count("x")} x in the formula, {str(d).count("x")} in its derivative')
