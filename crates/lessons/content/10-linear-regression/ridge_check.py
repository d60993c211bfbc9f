torch.manual_seed(5)
for n, d, k in [(3, 2, 0.5), (1, 1, 2.0), (6, 4, 0.0), (10, 3, 0.25)]:
    X, y = torch.randn(n, d), torch.randn(n)
    w = torch.randn(d, requires_grad=True)
    loss = (y - X.mv(w)).pow(2).mean() + k * w.pow(2).sum()
    loss.backward()
    with torch.no_grad():
        found = gradient(X, y, w, k)
    assert found.shape == w.shape, f'for {d} weights the gradient has the shape {tuple(found.shape)}'
    for i in range(d):
        near = abs(found[i].item() - w.grad[i].item()) < 1e-3
        message = f'for n = {n}, d = {d}, k = {k} entry {i} is {found[i].item():.4f}'
        assert near, f'{message}; autograd says {w.grad[i].item():.4f}'
