# The tape from behind: grad_fn and what it leads to.
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
e = (a + b) * (b + 1)


def walk(node, depth=0):
    print("  " * depth + node.name())
    for following, output in node.next_functions:
        if following is not None:
            walk(following, depth + 1)


walk(e.grad_fn)
print(str(e.grad_fn).split(" at ")[0], e.grad_fn is e.grad_fn)
leaf = e.grad_fn.next_functions[0][0].next_functions[0][0]
print(leaf.variable is a, str(leaf).split(" at ")[0])
print([(f.name() if f else f, i) for f, i in (a**2).grad_fn.next_functions])
print([(f.name() if f else f, i) for f, i in (a * 2).grad_fn.next_functions])
print(a.is_leaf, e.is_leaf, a.grad_fn, e.requires_grad, e.grad is None)
c = a * 3
c.retain_grad()
print(c.retains_grad, a.retains_grad)
(c * b).backward(retain_graph=True)
(c * b).backward()
print(c.grad, a.grad, b.grad)
y = torch.ones(3, requires_grad=True).clone()
v = y[1]
w = y.view(3, 1)
v.mul_(3)
for t in (y, v, w):
    print(t.grad_fn.name(), [(f.name() if f else f, i) for f, i in t.grad_fn.next_functions])
a.grad.zero_()
print(a.grad)
a.grad = None
print(a.grad)


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


attempt(lambda: setattr(a, "grad", torch.ones(2)))
attempt(lambda: setattr(a, "grad", 2))
attempt(lambda: torch.ones(2).retain_grad())
