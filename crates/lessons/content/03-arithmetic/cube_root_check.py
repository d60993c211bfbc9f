for a in (8.0, 1.0, 2.0, 0.001, 1000.0, 123456.789, 7e-5):
    x = cube_root(a)
    assert isinstance(x, float), f'cube_root({a}) gives back {x!r}, which is no number'
    cube = x * x * x
    message = f'cube_root({a}) is {x:.6f}, and the cube of that is {cube:.6f}'
    assert abs(cube - a) <= 1e-12 * a, message
