np.random.seed(3)

def true_loss(x, w, b, target):
    return (1 / (1 + np.exp(-(w.dot(x) + b))) - target) ** 2

for inputs in (3, 1, 6):
    x = np.random.randn(inputs)
    w = np.random.randn(inputs)
    b = float(np.random.randn())
    target = 0.25
    grad_w, grad_b = backward(x, w, b, target)
    assert np.shape(grad_w) == w.shape, f'for {inputs} weights grad_w has the shape {np.shape(grad_w)}'
    h = 1e-5
    nudge_b = (true_loss(x, w, b + h, target) - true_loss(x, w, b - h, target)) / (2 * h)
    assert abs(grad_b - nudge_b) < 1e-6, f'grad_b is {grad_b:.6f}; a small nudge says {nudge_b:.6f}'
    for i in range(inputs):
        above, below = w.copy(), w.copy()
        above[i] += h
        below[i] -= h
        nudge = (true_loss(x, above, b, target) - true_loss(x, below, b, target)) / (2 * h)
        near = abs(grad_w[i] - nudge) < 1e-6
        assert near, f'grad_w[{i}] is {grad_w[i]:.6f} where a small nudge says {nudge:.6f}'
