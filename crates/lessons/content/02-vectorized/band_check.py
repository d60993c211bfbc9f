np.random.seed(7)
for rows, columns in [(1, 1), (5, 1), (40, 1), (3, 4)]:
    x = 2 * np.random.randn(rows, columns)
    x[0, 0] = -1.0
    given = x.copy()
    d = band(x)
    assert d.shape == x.shape, f'for an input of shape {x.shape} the result has the shape {d.shape}'
    assert (x == given).all(), 'band changes its input; it should leave it as it is'
    for i in range(rows):
        for j in range(columns):
            expected = 1.0 if -1 < x[i, j] < 1 else 0.0
            assert d[i, j] == expected, f'at x = {x[i, j]:.3f} the result is {d[i, j]}, and not {expected}'
edge = band(np.array([[1.], [-1.]]))
assert edge.sum() == 0, f'exactly at 1 and -1 the result is {edge[0, 0]} and {edge[1, 0]}; it should be 0'
