import torch
import torch.nn.functional as F

torch.manual_seed(11)
for n, k, stride, padding in [(6, 3, 1, 0), (6, 3, 1, 1), (7, 3, 2, 0), (8, 3, 3, 2), (5, 1, 2, 1), (4, 4, 1, 3)]:
    x, weight = torch.randn(n, requires_grad=True), torch.randn(k, requires_grad=True)
    found = slide(x, weight, stride=stride, padding=padding)
    wanted = F.conv1d(x.view(1, 1, n), weight.view(1, 1, k), stride=stride, padding=padding).view(-1)
    case = f'{n} cells, {k} weights, stride {stride}, padding {padding}'
    assert found.shape == wanted.shape, f'with {case} there are {found.numel()} cells; there should be {wanted.numel()}'
    assert torch.allclose(found, wanted, atol=1e-5), f'with {case} the result is {found.tolist()}; F.conv1d gives {wanted.tolist()}'
    upstream = torch.randn(wanted.shape)
    mine = torch.autograd.grad(found, [x, weight], upstream)
    theirs = torch.autograd.grad(wanted, [x, weight], upstream)
    for name, a, b in zip(['x', 'weight'], mine, theirs):
        assert torch.allclose(a, b, atol=1e-5), f'with {case} the gradient of {name} is {a.tolist()}; it should be {b.tolist()}'
