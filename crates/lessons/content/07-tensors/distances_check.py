torch.manual_seed(7)
for n, m, d in [(2, 3, 2), (1, 1, 1), (4, 2, 5), (3, 6, 1), (3, 3, 3)]:
    a = torch.randn(n, d)
    b = torch.randn(m, d)
    found = distances(a, b)
    message = f'for {n} x {d} and {m} x {d} the result has the shape {tuple(found.shape)}, and not {(n, m)}'
    assert tuple(found.shape) == (n, m), message
    for i in range(n):
        for j in range(m):
            expected = sum((p - q) ** 2 for p, q in zip(a[i].tolist(), b[j].tolist()))
            near = abs(found[i, j].item() - expected) < 1e-3
            assert near, f'row {i} of a and row {j} of b: {found[i, j].item():.3f}, and not {expected:.3f}'
