import torch
import torch.nn.functional as F

x = torch.tensor([-2.75, -1.25, -0.25, 0.0, 0.5, 2.25], requires_grad=True)
for f in [F.relu, F.relu6, F.leaky_relu, F.hardtanh, F.hardsigmoid, F.hardswish, F.elu, F.selu, F.celu, F.gelu, F.silu, F.mish,
          F.softplus, F.softsign, F.logsigmoid, F.tanhshrink, F.hardshrink, F.glu]:
    y = f(x)
    (grad,) = torch.autograd.grad(y.sum(), x)
    print(y)
    print(grad)
print(F.gelu(x, approximate="tanh"), F.softshrink(x, 0.125))
print(F.threshold(x, 0.0, -1.0), F.prelu(x, torch.tensor([0.25])))
print(F.softmin(x, dim=0), F.log_softmax(x, dim=0))

print(torch.erf(x), torch.exp2(x), torch.sinh(x), torch.asinh(x), torch.frac(x), torch.sinc(x))
print(torch.log10(torch.tensor([1.0, 10.0, 1000.0])), torch.trunc(torch.tensor([-1.5, 1.5])))
print(torch.lerp(x, x.detach(), 0.5), torch.addcmul(x, x, x, value=0.5), torch.atan2(x, x.detach()))
print(torch.fmod(x, 2), torch.xlogy(x, x.exp()), torch.hypot(x, x))
print(torch.tensor([5, 3, 12]) & 6, torch.tensor([5, 3]) | torch.tensor([2, 8]), torch.tensor([5, 3]) ^ 1, ~torch.tensor([0, 7]))
print(torch.tensor([True, False]) & torch.tensor([True, True]), torch.tensor([7, -7]).fmod(2))
print(torch.div(torch.tensor([7, -7]), 2, rounding_mode="trunc"), torch.div(x, 2, rounding_mode="floor"))
print(torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.1])), torch.allclose(x, x.detach()))

for name in ["exp_", "sqrt_", "sigmoid_", "tanh_", "sinh_", "erf_", "trunc_", "neg_", "square_"]:
    y = (x.detach() + 4).requires_grad_() * 1
    getattr(y, name)()
    print(name, y)
y = x * 1
F.hardtanh(y, -2.0, 1.0, inplace=True)
y.lerp_(x, 0.25).addcmul_(x, x).clamp_(min=-1).mul_(2).sub_(x, alpha=3)
print(y)
y.sum().backward()
print(x.grad)
n = torch.tensor([6, 3])
n.bitwise_and_(2)
print(n, n.eq_(2))

p, t = torch.tensor([0.5, -1.0, 2.0], requires_grad=True), torch.tensor([1.0, 0.0, -1.5])
for f in [F.mse_loss, F.l1_loss, F.smooth_l1_loss, F.huber_loss, F.soft_margin_loss, F.hinge_embedding_loss, F.poisson_nll_loss,
          F.binary_cross_entropy_with_logits]:
    print(f(p, t), f(p, t, reduction="none"), torch.autograd.grad(f(p, t, reduction="sum"), p))
print(F.binary_cross_entropy(p.sigmoid(), torch.tensor([0.0, 1.0, 0.25])))
print(F.gaussian_nll_loss(p, t, torch.ones(3)), F.kl_div(p, t.exp(), reduction="sum"))
logits = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 0.25]], requires_grad=True)
loss = F.cross_entropy(logits, torch.tensor([1, 2]))
loss.backward()
print(loss, logits.grad)
print(F.nll_loss(F.log_softmax(logits, dim=1), torch.tensor([1, -100]), reduction="none"))
print(F.cross_entropy(logits, torch.tensor([1, 2]), label_smoothing=0.1, weight=torch.tensor([1.0, 2.0, 3.0])))
print(F.cross_entropy(logits, torch.tensor([[0.5, 0.25, 0.25], [0.0, 1.0, 0.0]])))
print(F.triplet_margin_loss(logits, logits + 1, logits - 1), F.margin_ranking_loss(p, t, torch.tensor([1.0, -1.0, 1.0])))
print(F.cosine_embedding_loss(logits, -logits, torch.tensor([1.0, -1.0])), F.normalize(logits), F.cosine_similarity(logits, logits + 1))
print(F.pairwise_distance(logits, logits + 1), torch.dist(p, t), torch.cdist(logits, logits + 1))
