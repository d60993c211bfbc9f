def scale(x, factor=2, *, offset=0):
    return x * factor + offset


def describe(first, *rest, **options):
    return first, rest, sorted(options.items())


def nothing():
    pass


print(scale(3))
print(scale(3, 10))
print(scale(factor=4, x=1.5))
print(scale(2, offset=-1))
print(describe(1), describe(1, 2, 3, b=4, a=5))
print(nothing())
values = [5, 3]
print(scale(*values), scale(**{"x": 1, "offset": 7}))
double = lambda x: 2 * x
print(double("ab"), double([1]))
