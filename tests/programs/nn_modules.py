import torch
from torch import nn

torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Linear(8, 2)
        self.register_buffer('scale', torch.ones(1))

    def forward(self, x):
        return self.b(torch.relu(self.a(x))) * self.scale


net = Net()
print(net)
for name, value in net.state_dict().items():
    print(name, value.shape)
print(sum(p.numel() for p in net.parameters()))

other = Net()
print(other.load_state_dict(net.state_dict()))
x = torch.randn(5, 4)
print(torch.equal(net(x), other(x)))
try:
    other.load_state_dict({'a.weight': torch.zeros(2, 2), 'foo': 1})
except RuntimeError as e:
    print(e)

handle = net.a.register_forward_hook(lambda m, args, out: print(type(m).__name__, args[0].shape, out.shape))
net(x)
handle.remove()
net(x)
net.apply(lambda m: print(type(m).__name__))
net.eval()
print(net.training, net.a.training)
net(x).pow(2).sum().backward()
print([round(g, 4) for g in net.a.bias.grad.tolist()])
net.zero_grad()
print(net.a.bias.grad)
print([name for name, _ in net.named_modules()])
try:
    net.a.weight = torch.zeros(8, 4)
except TypeError as e:
    print('parameter' in str(e), 'torch.nn.Parameter or None expected' in str(e))
print(nn.Parameter(torch.ones(2)).requires_grad, isinstance(net.b.bias, nn.Parameter))
