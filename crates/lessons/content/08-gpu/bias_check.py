devices = ['cpu', 'cuda'] if torch.cuda.is_available() else ['cpu']
for device in devices:
    for n, d, h, k in [(4, 3, 2, 1), (1, 1, 3, 1), (5, 2, 7, 3)]:
        torch.manual_seed(11 + n)
        x, y = torch.randn(n, d, device=device), torch.randn(n, k, device=device)
        mine = [torch.randn(*size, device=device) for size in ((d, h), (h,), (h, k))]
        before = [p.clone() for p in mine]
        leaves = [p.clone().requires_grad_() for p in mine]
        # What autograd says.
        expected = ((x.mm(leaves[0]) + leaves[1]).clamp(min=0).mm(leaves[2]) - y).pow(2).sum()
        expected.backward()
        loss = step(x, y, mine[0], mine[1], mine[2], 0.125)
        sizes = f'for N, D_in, H, D_out = {n}, {d}, {h}, {k} on {device}'
        near = abs(loss - expected.item()) < 1e-3 * (1 + loss)
        assert near, f'{sizes} the loss is {loss:.4f}, and not {expected.item():.4f}'
        for name, now, old, leaf in zip(('w1', 'b1', 'w2'), mine, before, leaves):
            assert now.shape == old.shape, f'{sizes} {name} has changed its shape to {tuple(now.shape)}'
            off = ((old - now) / 0.125 - leaf.grad).abs().max().item()
            near = off < 1e-3 * (1 + leaf.grad.abs().max().item())
            message = f'{sizes} {name} moved by something else than learning_rate times its gradient'
            assert near, f'{message}: the gradient is off by {off:.4f}'
