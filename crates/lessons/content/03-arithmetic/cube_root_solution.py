def cube_root(a):
    """The number whose cube is a, for a > 0; only + - * / allowed."""
    x = a
    for turn in range(200):
        x = (2 * x + a / (x * x)) / 3
    return x

print(cube_root(8.0))
