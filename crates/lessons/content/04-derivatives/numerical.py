def f(x):
    return x / (1 + x * x)

x = 2.0
exact = -0.12                  # by the quotient rule

print('step     one side   both sides')
for k in range(16):
    h = 10.0 ** -k
    one_side = (f(x + h) - f(x)) / h
    both_sides = (f(x + h) - f(x - h)) / (2 * h)
    print(f'{h:.0e}    {abs(one_side - exact):.1e}    {abs(both_sides - exact):.1e}')
