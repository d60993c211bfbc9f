# Writing through a view changes what it shows, on the tape too.
import torch

x = torch.arange(6.0).reshape(2, 3).requires_grad_()
z = torch.tensor(10.0, requires_grad=True)
y = x.clone()
y[0] = z
y.view(-1)[2] *= 3
y.T[1].add_(1)
y[:, 0] = y[:, 2]
y[1, 1:] = torch.tensor([5.0, 6.0])
print(y)
(y**2).sum().backward()
print(x.grad, z.grad)

x.grad = None
y = x * 1
early = y[0]
y.mul_(2)
early.add_(1)
print(early.grad_fn.name(), y.grad_fn.name(), early._base is y, y._version)
(early * y[1]).sum().backward()
print(x.grad)

x.grad = None
y = x.clone()
y[x.detach() > 2] = 0
y[[0, 1], [1, 2]] *= 2
y.sum().backward()
print(x.grad)

x.grad = None
y = x * 1
column = y[:, :1]
wide = column.expand(2, 3)
y.mul_(3)
wide.sum().backward()
print(x.grad)

plain = torch.zeros(3)
plain[1] = z
print(plain, plain.grad_fn.next_functions[0])
z.grad = None
plain.sum().backward()
print(z.grad)

x.grad = None
y = x * 1
y.retain_grad()
y[0, 0] = 5
y.sum().backward()
print(y.grad, x.grad)

t = torch.tensor([1.0, 2.0], requires_grad=True)
u = t * t
u[1] *= t[0]
(first,) = torch.autograd.grad(u.sum(), t, create_graph=True)
print(first, torch.autograd.grad(first.sum(), t))


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", str(error)[:200])


def write(tensor, value):
    tensor[0] = value


leaf = torch.zeros(3, requires_grad=True)
attempt(lambda: write(leaf, 1))
attempt(lambda: leaf.view(3, 1).mul_(2))
attempt(lambda: leaf.add_(1))
with torch.no_grad():
    write(leaf, 1)
print(leaf)
u = t * 1
square = u * u
u[0] = 0
attempt(lambda: square.sum().backward())
u = t * 1
square = u * u
u.detach().zero_()
attempt(lambda: square.sum().backward())
u = (t * 1).exp_()
u.add_(1)
attempt(lambda: u.sum().backward())
attempt(lambda: torch.ones(2).expand(3, 2).add_(1))
with torch.no_grad():
    off = u[0]
attempt(lambda: off.mul_(2))
one, two = (t * 1).unbind(0)
attempt(lambda: one.mul_(2))
