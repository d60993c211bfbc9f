torch.manual_seed(3)
for rows, inputs, outputs in [(4, 3, 2), (1, 5, 5), (7, 1, 3)]:
    ours, theirs = Affine(inputs, outputs), nn.Linear(inputs, outputs)
    with torch.no_grad():
        theirs.weight.copy_(ours.weight)
        ours.bias.copy_(torch.randn(outputs))
        theirs.bias.copy_(ours.bias)
    x = torch.randn(rows, inputs)
    out = ours(x)
    assert tuple(out.shape) == (rows, outputs), (
        f'for {rows} samples of {inputs} numbers the result has the shape {tuple(out.shape)}; '
        f'it should be {(rows, outputs)}')
    expected = theirs(x)
    worst = (out - expected).abs().max().item()
    assert worst < 1e-4, f'a number is off by {worst:.3g}; is the bias added to every row?'
    out.sum().backward()
    assert ours.weight.grad is not None, 'no gradient reaches the weight; is it used at all?'
    assert ours.bias.grad is not None, 'no gradient reaches the bias; is it used at all?'
    expected.sum().backward()
    assert (ours.weight.grad - theirs.weight.grad).abs().max().item() < 1e-4, (
        'the gradient of the weight is another one than that of nn.Linear')
