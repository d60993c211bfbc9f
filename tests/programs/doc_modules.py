# What a module can do, as the reference of nn.Module, its containers and nn.init shows it.
import torch, torch.nn as nn
from collections import OrderedDict
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 3)
        self.rest = nn.Sequential(nn.ReLU(), nn.Linear(3, 1))
        self.register_buffer('seen', torch.zeros(1))
        self.register_parameter('scale', nn.Parameter(torch.tensor([2.])))
    def forward(self, x):
        self.seen += 1
        return self.rest(self.first(x)) * self.scale
    def extra_repr(self):
        return 'small=True'
torch.manual_seed(1)
m = Model()
print(m, [n for n, _ in m.named_parameters()], [n for n, _ in m.named_buffers()], [n for n, _ in m.named_children()], [n for n, _ in m.named_modules()], list(m.state_dict()))
@torch.no_grad()
def init_weights(layer):
    if type(layer) is nn.Linear:
        layer.weight.fill_(1.0)
        layer.bias.zero_()
        print(layer, layer.weight)
m.apply(init_weights)
print(m(torch.tensor([[1., 2.]])), m.training, m.eval().training, m.rest.training, m.train().training, m.seen)
print(m.get_submodule('rest.1'), m.get_parameter('first.bias'), m.requires_grad_(False).scale.requires_grad, sum(p.numel() for p in m.parameters()))
m.add_module('extra', nn.Tanh())
print(m.extra, m.float().scale.dtype, m.to(torch.float32).first.weight.dtype)
other = Model()
print(other.load_state_dict(m.state_dict()), torch.equal(other.first.weight, m.first.weight))
model = nn.Sequential(OrderedDict([('conv', nn.Conv2d(1, 20, 5)), ('act', nn.ReLU())]))
print(model, model.conv, model[0] is model.conv, len(model))
plain = nn.Sequential(nn.Linear(1, 2), nn.Linear(2, 3))
plain.append(nn.Flatten()).insert(1, nn.Identity())
print(plain.pop(0), plain, plain * 2, plain + nn.Sequential(nn.ReLU()))
del plain[0]
print(plain, nn.Sequential(nn.Linear(1, 2)).extend([nn.Tanh()]), model[1:])
layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)])
layers.extend([nn.ReLU()])
layers[1] = nn.Tanh()
print(layers, len(layers), layers[-1])
d = nn.ModuleDict({'a': nn.ReLU(), 'b': nn.Linear(2, 2)})
d['c'] = nn.Sigmoid()
d.update([['e', nn.ELU()]])
print(d, list(d.keys()), 'b' in d, d.pop('b'), len(d))
ps = nn.ParameterList([nn.Parameter(torch.zeros(2)) for _ in range(2)])
pd = nn.ParameterDict({'left': torch.ones(1), 'right': nn.Parameter(torch.zeros(2, 2))})
print(ps, list(pd.keys()), pd['left'], len(ps), len(pd), 'right' in pd)
def show(module, args, output):
    print('hook', type(module).__name__, args[0].shape, output.shape)
h = layers[0].register_forward_hook(show)
g = layers[0].register_forward_pre_hook(lambda module, args: (args[0] * 0,))
print(layers[0](torch.ones(1, 2)).shape, h.remove(), g.remove())
w = torch.empty(3, 4)
for init, args in [(nn.init.constant_, (0.3,)), (nn.init.ones_, ()), (nn.init.zeros_, ()), (nn.init.eye_, ()), (nn.init.uniform_, ()), (nn.init.normal_, ()), (nn.init.trunc_normal_, ()), (nn.init.xavier_uniform_, (nn.init.calculate_gain('relu'),)), (nn.init.xavier_normal_, ()), (nn.init.sparse_, (0.5,))]:
    torch.manual_seed(3)
    print(init.__name__, init(w, *args))
print(nn.init.kaiming_uniform_(w, mode='fan_in', nonlinearity='relu'), nn.init.kaiming_normal_(w, mode='fan_out', nonlinearity='relu'), nn.init.dirac_(torch.empty(2, 2, 3)))
print([nn.init.calculate_gain(k) for k in ('linear', 'conv2d', 'sigmoid', 'tanh', 'relu', 'selu')], nn.init.calculate_gain('leaky_relu', 0.2))
