# Gradients, the modes, functions of one's own, and functions that make functions.
import torch
from torch import func
from torch.autograd import functional as AF
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = (x ** 2).sum()
print(torch.autograd.grad(y, x, retain_graph=True), torch.autograd.grad(y, [x], create_graph=True)[0])
torch.autograd.backward([(x * 2).sum()], inputs=[x])
print(x.grad, x.is_leaf, y.is_leaf, x.requires_grad, (x * 2).detach().requires_grad)
z = x * 3
z.retain_grad()
z.backward(torch.tensor([1., 0.1, 0.01]))
print(z.grad, x.grad, z.retains_grad)
with torch.no_grad():
    print((x * 2).requires_grad, torch.is_grad_enabled())
with torch.set_grad_enabled(False):
    print((x * 2).requires_grad)
with torch.inference_mode():
    print((x * 2).requires_grad, torch.is_inference_mode_enabled(), (x * 2).is_inference())
@torch.no_grad()
def double(t):
    return t * 2
@torch.enable_grad()
def triple(t):
    return t * 3
print(double(x).requires_grad, triple(x).requires_grad)
h = x.register_hook(lambda g: g * 2)
x.grad = None
x.sum().backward()
print(x.grad, h.remove())
class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result
    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        return grad_output * result
e = Exp.apply(x)
e.sum().backward()
print(e, x.grad)
def cube(t):
    return (t ** 3).sum()
def pair(p, q):
    return p * q, p + q
u = torch.tensor([1., 2.])
print(AF.jacobian(lambda t: t ** 2, u), AF.hessian(cube, u), AF.vjp(lambda t: t ** 2, u, torch.ones(2)), AF.jvp(lambda t: t ** 2, u, torch.ones(2)), AF.jacobian(pair, (u, u))[0][1], AF.hvp(cube, u, torch.ones(2)), AF.vhp(cube, u, torch.ones(2)))
print(func.grad(cube)(u), func.grad(torch.sin)(torch.tensor(0.)), func.grad_and_value(cube)(u), func.grad(lambda p, q: (p * q).sum(), argnums=(0, 1))(u, u * 3), func.grad(func.grad(torch.sin))(torch.tensor(1.)), func.grad(lambda t: (cube(t), t * 2), has_aux=True)(u))
out, pull = func.vjp(lambda t: {'first': t.sin(), 'second': t.cos()}, u)
print(out, pull({'first': torch.ones(2), 'second': torch.ones(2)}))
(left, right), pull = func.vjp(lambda t: (t * 2, t ** 2), u)
print(left, right, pull((torch.ones(2), torch.ones(2))), func.vjp(torch.sin, u)[1](torch.ones(2)))
print(func.jvp(torch.sin, (u,), (torch.ones(2),)), func.jacrev(torch.sin)(u), func.jacfwd(torch.exp)(u), func.hessian(cube)(u), func.jacrev(pair, argnums=1)(u, u)[0])
m, n = torch.arange(6.).view(2, 3), torch.ones(2, 3)
print(torch.vmap(torch.dot)(m, n), func.vmap(lambda t: t * 2, out_dims=1)(m), torch.vmap(torch.dot, in_dims=(1, 1))(m, n), torch.vmap(lambda p, q: p @ q, in_dims=(None, 0))(m, n), torch.vmap(lambda d: torch.dot(d['x'], d['y']), in_dims=({'x': 0, 'y': None},))({'x': m, 'y': n[0]}), torch.vmap(lambda t: (t.sum(), t.max()))(m), torch.vmap(torch.vmap(lambda t: t + 1))(m), torch.vmap(lambda t, scale: t * scale)(m, scale=n * 3))
print(func.vmap(func.grad(torch.sin))(u), func.functional_call(torch.nn.Linear(2, 1), {'weight': torch.ones(1, 2), 'bias': torch.zeros(1)}, u))
for wrong in (lambda: x.backward(), lambda: torch.autograd.grad(x.detach().sum(), x), lambda: torch.tensor([1]).requires_grad_(), lambda: x.numpy(), lambda: torch.autograd.grad(y, torch.ones(1, requires_grad=True)), lambda: x.add_(1), lambda: func.grad(lambda t: t * 2)(u), lambda: (x * 2).backward(torch.ones(2)), lambda: torch.ones(2, dtype=torch.int64, requires_grad=True)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
