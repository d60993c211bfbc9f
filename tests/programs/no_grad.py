import torch

w = torch.tensor([1.0, -2.0], requires_grad=True)
with torch.no_grad():
    inside = w * 2
    w -= 0.5
outside = w * 2
print(inside, outside, w)
(w * w).sum().backward()
with torch.no_grad():
    w -= 0.1 * w.grad
    w.grad.zero_()
print(w, w.grad, w.requires_grad)
print(w.detach(), w.detach().requires_grad, w.clone().detach() + 1)
