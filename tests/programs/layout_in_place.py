# Tensors that take another shape in place: the node, the version, views, and what is refused.
import torch

x = torch.arange(6.0).reshape(2, 3)
y = x
row = x[:, 1]
print(x.t_() is y, y.shape, y.stride(), y.is_contiguous(), row)
print(y)
print(x.unsqueeze_(0).shape, x.squeeze_().shape, x.squeeze_(0).shape, x.unsqueeze_(-1).squeeze_((0, 2)).shape)
print(x.transpose_(0, 1).shape, x.swapaxes_(0, -1).shape, x.swapdims_(-2, -1).shape)
x[0, 1] = 10
print(row, x.sum())
for _ in range(100):
    x.t_()
print(x.shape, x.t_()[1])

w = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
h = w * 2
print(h._version, type(h.t_().grad_fn).__name__, h._version)
print(type(h.unsqueeze_(1).grad_fn).__name__, type(h.squeeze_().grad_fn).__name__)
print(type(h.transpose_(0, 1).grad_fn).__name__, type(h.unsqueeze_(0).squeeze_(0).grad_fn).__name__)
print(h.grad_fn.next_functions[0][0].next_functions[0][0].name())
(h * torch.tensor([[1.0, 0.0, -1.0], [2.0, 2.0, 5.0]])).sum().backward()
print(w.grad)

# A view keeps its new shape to itself.
b = w * 3
v = b[0].unsqueeze_(0)
print(v.shape, v.grad_fn.name(), b.shape, b.grad_fn.name(), v._base is b)
v.mul_(2)
print(b.grad_fn.name(), b[0], v)
w.grad = None
(b.sum() + v.sum()).backward()
print(w.grad)

# What a node has kept is another one now.
e = w.exp()
e.unsqueeze_(0)
for attempt in [
    lambda: e.sum().backward(),
    lambda: w.t_(),
    lambda: w[0].unsqueeze_(0),
    lambda: torch.zeros(2, 3, 4).t_(),
    lambda: torch.zeros(2).unsqueeze_(3),
    lambda: torch.zeros(2).transpose_(0, 1),
]:
    try:
        attempt()
    except (RuntimeError, IndexError) as error:
        print(type(error).__name__, str(error)[:80])
with torch.no_grad():
    print(w.t_().shape, w.is_leaf, w.requires_grad)
print(torch.zeros(1, 3).expand(4, 3).t_().shape)
