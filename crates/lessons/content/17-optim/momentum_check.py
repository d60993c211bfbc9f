for lr, beta in [(0.1, 0.9), (0.05, 0.5), (0.2, 0.0)]:
    torch.manual_seed(2)
    a = torch.randn(3, 2, requires_grad=True)
    b = a.detach().clone().requires_grad_()
    ours, theirs = Momentum([a], lr, beta), torch.optim.SGD([b], lr=lr, momentum=beta)
    for t in range(5):
        ours.zero_grad()
        (a ** 4).sum().backward()
        ours.step()
        theirs.zero_grad()
        (b ** 4).sum().backward()
        theirs.step()
        worst = (a - b).abs().max().item()
        assert worst < 1e-4, (
            f'after step {t + 1} with lr={lr} and beta={beta} a parameter is {worst:.3g} away from where '
            'torch.optim.SGD with that momentum has it')
assert a.is_leaf, 'change the parameter in place: p.sub_(…) or p -= …'
