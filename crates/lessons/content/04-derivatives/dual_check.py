s = Dual(2.0, 3.0) + Dual(5.0, 7.0)
assert s.value == 7, f'2 + 5 has the value {s.value}'
assert s.slope == 10, f'the slopes 3 and 7 of a sum make {s.slope}; it should be 10'
p = Dual(2.0, 3.0) * Dual(5.0, 7.0)
assert p.value == 10, f'2 * 5 has the value {p.value}'
assert p.slope == 29, f'(2 + 3 eps)(5 + 7 eps) has the slope {p.slope}; it should be 2 * 7 + 3 * 5 = 29'

def cubic(x, c):
    return x * x * x + c * x

def nested(x, c):
    y = x + c
    for turn in range(3):
        y = y * y + x
    return y

for h in (cubic, nested):
    for at in (-1.25, 0.0, 0.5, 1.5):
        found = h(Dual(at, 1.0), Dual(0.25)).slope
        step = 1 / 4096
        above = h(Dual(at + step), Dual(0.25)).value
        below = h(Dual(at - step), Dual(0.25)).value
        expected = (above - below) / (2 * step)
        near = abs(found - expected) <= 0.001 * (1 + abs(expected))
        assert near, f'for {h.__name__} at {at} the slope is {found:.4f}; a small nudge says {expected:.4f}'
