import matplotlib.pyplot as plt

def f(x):
    return x / (1 + x * x)

x = 2.0
exact = -0.12                  # by the quotient rule

steps, ones, boths = [], [], []
print('step     one side   both sides')
for k in range(16):
    h = 10.0 ** -k
    one = abs((f(x + h) - f(x)) / h - exact)
    both = abs((f(x + h) - f(x - h)) / (2 * h) - exact)
    print(f'{h:.0e}    {one:.1e}    {both:.1e}')
    steps.append(h)
    ones.append(one)
    boths.append(both)

plt.loglog(steps, ones, label='one side')
plt.loglog(steps, boths, label='both sides')
plt.xlabel('step')
plt.ylabel('error')
plt.legend()
plt.show()
