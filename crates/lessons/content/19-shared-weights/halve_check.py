for start, uses in [(5., 3), (1., 0), (1.5, 1), (100., 7)]:
    model = Halver(2)
    out = model(torch.tensor([[start, start / 2]]))
    assert model.uses == uses, f'from {start} the layer should be used {uses} times; it was used {model.uses} times'
    assert abs(out[0, 0].item() - start / 2**uses) < 1e-6, (
        f'from {start} the first number should come down to {start / 2**uses}; it is {out[0, 0].item()}')
    if uses:
        out.sum().backward()
        grad = model.layer.weight.grad
        assert grad is not None, 'no gradient reaches the layer: does the result depend on it?'
        # d/dw of w**k * x0 + …, along the first entry of the diagonal
        expected = uses * 0.5 ** (uses - 1) * start
        assert abs(grad[0, 0].item() - expected) < 1e-3 * expected, (
            f'with {uses} uses the first entry of the gradient should be {expected}; it is {grad[0, 0].item()}')
