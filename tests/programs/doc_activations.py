# Activations: as modules, as functions, in place, and how the modules are printed.
import torch, torch.nn as nn, torch.nn.functional as F
x = torch.tensor([[-2.5, -1.25, -0.625], [0., 0.375, 4.]])
modules = [nn.ELU(), nn.ELU(alpha=0.5), nn.Hardshrink(), nn.Hardshrink(0.75), nn.Hardsigmoid(), nn.Hardtanh(), nn.Hardtanh(-2, 2), nn.Hardswish(), nn.LeakyReLU(0.1), nn.LogSigmoid(), nn.PReLU(), nn.PReLU(3, init=0.5), nn.ReLU(), nn.ReLU6(), nn.SELU(), nn.CELU(), nn.CELU(2.0), nn.GELU(), nn.GELU(approximate='tanh'), nn.Sigmoid(), nn.SiLU(), nn.Mish(), nn.Softplus(), nn.Softplus(beta=2, threshold=4), nn.Softshrink(), nn.Softsign(), nn.Tanh(), nn.Tanhshrink(), nn.Threshold(0.1, 20), nn.Softmin(dim=1), nn.Softmax(dim=1), nn.LogSoftmax(dim=0), nn.ReLU(inplace=True)]
for m in modules:
    print(m, m(x.clone()).detach())
print(nn.GLU()(torch.arange(4.)), nn.GLU(dim=0)(torch.arange(8.).view(4, 2)), nn.Softmax2d()(torch.arange(8.).view(1, 2, 2, 2)))
for f in (F.relu, F.relu6, F.elu, F.selu, F.celu, F.leaky_relu, F.gelu, F.silu, F.mish, F.softplus, F.softsign, F.logsigmoid, F.tanhshrink, F.softshrink, F.hardshrink, F.hardsigmoid, F.hardswish, F.hardtanh, F.sigmoid, F.tanh):
    print(f(x))
print(F.threshold(x, 0.1, 20), F.prelu(x, torch.tensor([0.25])), F.prelu(x, torch.tensor([0.1, 0.2, 0.3])), F.glu(torch.arange(4.), dim=-1), F.hardtanh(x, -0.5, 0.5), F.rrelu(x, 0.5, 0.5), F.elu(x, alpha=2.), F.leaky_relu(x, negative_slope=0.2), F.gelu(x, approximate='tanh'))
print(F.softmax(x, dim=-1), F.softmax(x, dim=0, dtype=torch.float32), F.softmin(x, dim=1), F.log_softmax(x, dim=1), torch.softmax(x, 1), torch.log_softmax(x, dim=0), x.softmax(-1), F.normalize(x, dim=1), F.normalize(x, p=1, dim=0))
y = x.clone()
print(F.relu_(y), F.elu_(x.clone()), F.leaky_relu_(x.clone(), 0.5), F.hardtanh_(x.clone()), F.threshold_(x.clone(), 0.5, 9.), F.selu_(x.clone()), F.celu_(x.clone()), F.relu(x.clone(), inplace=True), torch.relu_(x.clone()))
