def cube_root(a):
    """The number whose cube is a, for a > 0; only + - * / allowed."""
    x = a
    for turn in range(200):
        x = (x + a / x) / 2    # that is the square root: mend it
    return x

print(cube_root(8.0))          # should be 2
