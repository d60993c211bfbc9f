# Gradients of gradients, of several outputs, by several inputs.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x**4
(first,) = torch.autograd.grad(y, x, create_graph=True)
(second,) = torch.autograd.grad(first, x, create_graph=True)
(third,) = torch.autograd.grad(second, x)
print(first, second, third)

(x**3).backward(create_graph=True)
gradient = x.grad
print(gradient)
x.grad = None
gradient.backward()
print(x.grad)

a = torch.ones(2, requires_grad=True)
b = a * 2
c = b * 3
c.sum().backward(retain_graph=True, inputs=[a])
print(a.grad)
print(torch.autograd.grad([b.sum(), c.sum()], [a, b], retain_graph=True))
print(torch.autograd.grad((a * 2, a * 3), a, grad_outputs=[torch.ones(2), torch.tensor([1.0, 2.0])]))
torch.autograd.backward([(a * 2).sum(), a * 5], [None, torch.tensor([1.0, 0.0])])
print(a.grad)
c.backward(torch.tensor([1.0, 10.0]), inputs=[b, a])
print(a.grad, b.grad)

other = torch.ones(3, requires_grad=True)
print(torch.autograd.grad((a * 2).sum(), [a, other], allow_unused=True))
print(torch.autograd.grad((a * 2).sum(), [a, other], materialize_grads=True))


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


attempt(lambda: torch.autograd.grad((a * 2).sum(), other))
attempt(lambda: torch.autograd.grad((a * 2).sum(), torch.ones(1)))
attempt(lambda: torch.autograd.grad(a * 2, a))
attempt(lambda: torch.autograd.grad(a * 2, a, torch.ones(3)))
attempt(lambda: torch.autograd.backward([a.sum(), a.sum()], [torch.tensor(1.0)]))
attempt(lambda: (a * 2).sum().backward(inputs=[]))
attempt(lambda: torch.ones(1).backward())

# Newton's method on a function of two variables, with the matrix of second derivatives.
p = torch.tensor([1.0, 1.5], requires_grad=True)
for step in range(5):
    value = (p[0] - 3) ** 2 * 2 + (p[1] + 1) ** 4 + p[0] * p[1]
    (g,) = torch.autograd.grad(value, p, create_graph=True)
    rows = [torch.autograd.grad(part, p, retain_graph=True)[0] for part in g]
    (q, r), (s, t) = [row.tolist() for row in rows]
    d = q * t - r * s
    with torch.no_grad():
        p[0], p[1] = p[0] - (t * g[0] - r * g[1]) / d, p[1] - (q * g[1] - s * g[0]) / d
print(p)
