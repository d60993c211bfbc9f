def cube(x):
    return x * x * x

def wave(x):
    return torch.sin(3 * x) / (1 + x * x)

def steps(x):
    for turn in range(3):
        x = x * x - 1
    return x

for h in (f, cube, wave, steps):
    for at in (-1.5, 0.0, 0.5, 2):
        x = torch.tensor(at + 1 / 64)
        above = h(x)
        below = h(x - 1 / 32)
        # The true slope lies near the central difference, unless the function bends very sharply.
        expected = ((above - below) * 32).item()
        found = slope(h, at)
        assert isinstance(found, float), f'slope gives back {found!r}; it should be a number, as .item() gives it'
        near = abs(found - expected) <= 0.02 * (1 + abs(expected))
        assert near, f'for {h.__name__} at {at}, slope says {found:.4f}; a small nudge says {expected:.4f}'
assert slope(f, 3) == slope(f, 3), 'the second call gives another answer than the first'
assert slope(f, 3) == 2, f'slope(f, 3) is {slope(f, 3)}; the derivative of (x - 2)**2 at 3 is 2'
