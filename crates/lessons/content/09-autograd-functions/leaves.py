import torch

a = torch.tensor(2., requires_grad=True)
b = a * 3                      # made by an operation: not a leaf
b.retain_grad()                # keep its gradient all the same
c = b.detach()                 # the same number, off the tape
with torch.no_grad():
    d = a * 3                  # computed, and not recorded
e = b * b + c * a
e.backward()

print(a.is_leaf, b.is_leaf, c.is_leaf, d.is_leaf)
print(b.requires_grad, c.requires_grad, d.requires_grad)
print(a.grad)
print(b.grad)
