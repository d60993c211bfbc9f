import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

gates = [F.elu, F.selu, F.celu, F.gelu, F.silu, F.mish, F.softplus, F.softsign, F.logsigmoid]
figure, axes = plt.subplots(3, 3, figsize=(8, 7.2))
for ax, gate in zip(axes.flat, gates):
    x = torch.linspace(-5, 5, 201, requires_grad=True)
    y = gate(x)
    y.sum().backward()
    ax.plot(x.detach(), y.detach())
    ax.plot(x.detach(), x.grad, '--')
    ax.set_title(gate.__name__)
    ax.grid()
plt.show()


def slopes(function, *at):
    x = torch.tensor(at, requires_grad=True)
    function(x).sum().backward()
    return [round(g, 4) for g in x.grad.tolist()]


tiny = 1e-9
print('elu,  alpha 2:', slopes(lambda x: F.elu(x, alpha=2.0), -tiny, tiny))
print('celu, alpha 2:', slopes(lambda x: F.celu(x, alpha=2.0), -tiny, tiny))
print('gelu, silu, mish:', slopes(F.gelu, 0.), slopes(F.silu, 0.), slopes(F.mish, 0.))
print('softplus:', F.softplus(torch.tensor([0., 20., 1000.])).tolist())
far = torch.tensor(-200.)
print('logsigmoid:', F.logsigmoid(far).item(), 'log of sigmoid:', torch.log(torch.sigmoid(far)).item())
