# Functions that see gradients on their way, and may change them.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
log = []
y = x * 2
y.register_hook(lambda g: log.append(("first", g.tolist())))
y.register_hook(lambda g: g * 10)
third = y.register_hook(lambda g: log.append(("third", g.tolist())))
x.register_hook(lambda g: log.append(("leaf", g.tolist())))
x.register_post_accumulate_grad_hook(lambda p: log.append(("after", p.grad.tolist())))
z = y.sum()
z.backward(retain_graph=True)
print(log, x.grad)
third.remove()
log.clear()
z.backward()
print(log, x.grad)

with y.register_hook(print):
    pass

w = torch.ones(3, requires_grad=True)
v = torch.ones(3, requires_grad=True)
a = w * v
b = a.exp()
c = (a + b).sum()
order = []
for name, tensor in dict(a=a, b=b, c=c, w=w, v=v).items():
    tensor.register_hook(lambda g, name=name: order.append(name))
c.backward()
print(order)

p = w * 2
p.grad_fn.register_hook(lambda inputs, outputs: print("after", inputs, outputs))
p.grad_fn.register_prehook(lambda outputs: print("before", outputs))
p.sum().backward()
p = w * 2
p.grad_fn.register_hook(lambda inputs, outputs: (inputs[0] * 100, None))
w.grad = None
p.sum().backward()
print(w.grad)


def clip(g):
    with torch.enable_grad():
        print(torch.is_grad_enabled())
    print(torch.is_grad_enabled())
    return g.clamp(-0.5, 0.5)


q = (w * 3) ** 2
w.grad = None
q.register_hook(clip)
(q * torch.tensor([-1.0, 0.1, 9.0])).sum().backward()
print(w.grad)


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


def wrong(hook):
    q = w * 1
    q.register_hook(hook)
    q.sum().backward()


def two(g):
    return torch.ones(2)


attempt(lambda: torch.ones(1).register_hook(print))
attempt(lambda: q.register_post_accumulate_grad_hook(print))
attempt(lambda: wrong(lambda g: 3))
attempt(lambda: wrong(two))
