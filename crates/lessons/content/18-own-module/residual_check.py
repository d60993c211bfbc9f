torch.manual_seed(5)
for features, hidden in [(4, 8), (3, 2)]:
    model = Residual(features, hidden)
    shapes = {name: tuple(param.shape) for name, param in model.named_parameters()}
    wanted = {'a.weight': (hidden, features), 'a.bias': (hidden,), 'b.weight': (features, hidden), 'b.bias': (features,)}
    assert shapes == wanted, f'the parameters should be {wanted}; they are {shapes}'
    x = torch.randn(6, features)
    out = model(x)
    expected = x + (x @ model.a.weight.t() + model.a.bias).clamp(min=0) @ model.b.weight.t() + model.b.bias
    assert tuple(out.shape) == (6, features), f'the result has the shape {tuple(out.shape)}; it should be {(6, features)}'
    worst = (out - expected).abs().max().item()
    assert worst < 1e-4, f'a number is off by {worst:.3g}: add the input to what the layers make of it'
    with torch.no_grad():
        for param in model.parameters():
            param.zero_()
    assert torch.equal(model(x), x), 'with all weights 0 the output should be the input'
