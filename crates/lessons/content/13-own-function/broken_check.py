torch.manual_seed(3)
for shape in [(4,), (1,), (3, 5), (2, 3, 2)]:
    x = torch.randn(*shape, requires_grad=True)
    upstream = torch.randn(*shape)
    y = MyReLU.apply(x)
    assert (y.detach() == x.detach().clamp(min=0)).all().item(), 'forward no longer computes max(x, 0)'
    y.backward(upstream)
    for at, given, found in zip(x.flatten().tolist(), upstream.flatten().tolist(), x.grad.flatten().tolist()):
        expected = given if at > 0 else 0.0
        message = f'where x is {at:.3f} and the upstream gradient {given:.3f}, backward hands back {found:.3f}'
        assert abs(found - expected) < 1e-6, f'{message}; it should be {expected:.3f}'
x = torch.tensor([-1.5, -0.5, 0.75, 2.0], dtype=torch.float64, device='cpu', requires_grad=True)
torch.autograd.gradcheck(MyReLU.apply, (x,))
