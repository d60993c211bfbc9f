# Recording, switched on and off: by blocks, by decorators, for good.
import torch

x = torch.ones(2, requires_grad=True)


@torch.no_grad()
def off(t):
    """Nothing is recorded."""
    return (t * 2).requires_grad, torch.is_grad_enabled()


@torch.no_grad
def bare(t):
    return (t * 2).requires_grad


@torch.enable_grad()
def on(t):
    return (t * 2).requires_grad


@torch.inference_mode()
def infer(t):
    return (t * 2).is_inference(), torch.is_inference_mode_enabled()


@torch.set_grad_enabled(False)
def set_off(t):
    return (t * 2).requires_grad


print(off(x), bare(x), infer(x), set_off(x), torch.is_grad_enabled(), off.__name__)
with torch.no_grad():
    print(on(x), (x * 2).requires_grad)
    with torch.enable_grad():
        print((x * 2).requires_grad)
    with torch.set_grad_enabled(True):
        print((x * 2).requires_grad)
    print(torch.is_grad_enabled())
    print(x[0], x[0].is_leaf)
torch.set_grad_enabled(False)
print((x * 2).requires_grad)
torch.set_grad_enabled(True)
try:
    with torch.no_grad():
        raise ValueError("out of the block")
except ValueError as error:
    print(error, torch.is_grad_enabled())


def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__ + ":", error)


with torch.inference_mode():
    q = torch.ones(2)
    q.add_(1)
print(q, q.is_inference(), x.is_inference())
with torch.inference_mode(False):
    print((x * 2).requires_grad)
attempt(lambda: q + x)
attempt(lambda: q * x)
attempt(lambda: q.add_(1))
attempt(lambda: q.requires_grad_())

d = x.detach()
d[0] = 7
print(x, d.requires_grad)
t = x * 2
print(t.detach_() is t, t.requires_grad, t.is_leaf, t.grad_fn)
attempt(lambda: (x * 2).requires_grad_(False))
attempt(lambda: torch.tensor([1]).requires_grad_())
attempt(lambda: torch.tensor([1], requires_grad=True))
print(torch.autograd.Variable(torch.ones(2), requires_grad=True))
