def wave(x, y):
    return (x * y).sin() - x

def nested(x, y):
    for turn in range(3):
        x = (x - y).sin() + x * y
    return x

for h in (wave, nested, lambda x, y: y - x, lambda x, y: x.sin() - y.sin()):
    for at in ((0.5, 1.25), (-1.0, 0.75), (2.0, 0.0)):
        x, y = Value(at[0]), Value(at[1])
        result = h(x, y)
        result.backward()
        step = 1e-5
        nudge_x = (h(Value(at[0] + step), Value(at[1])).data - h(Value(at[0] - step), Value(at[1])).data) / (2 * step)
        nudge_y = (h(Value(at[0]), Value(at[1] + step)).data - h(Value(at[0]), Value(at[1] - step)).data) / (2 * step)
        for name, found, expected in (('x', x.grad, nudge_x), ('y', y.grad, nudge_y)):
            near = abs(found - expected) < 1e-5
            message = f'at x, y = {at} the gradient of {name} is {found:.4f}; a small nudge says {expected:.4f}'
            assert near, message
minus = Value(5.0) - Value(3.0)
assert minus.grad_fn is not None, 'a difference does not remember its Function'
assert Value(1.0).sin().grad_fn is not None, 'a sine does not remember its Function'
