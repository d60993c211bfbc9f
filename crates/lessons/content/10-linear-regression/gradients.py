import torch

# Five samples with one number each, and a column of ones.
X = torch.tensor([[0., 1.], [1., 1.], [2., 1.], [3., 1.], [4., 1.]])
y = torch.tensor([1., 3., 5., 7., 9.])
w = torch.zeros(2, requires_grad=True)
n = len(y)

# Autograd.
loss = (y - X.mv(w)).pow(2).mean()
loss.backward()
print(loss.item())
print(w.grad.tolist())

# The formula.
with torch.no_grad():
    print((-2 / n * X.t().mv(y - X.mv(w))).tolist())

    # Nudges of 1/64 to both sides.
    for i in range(2):
        nudge = torch.zeros(2)
        nudge[i] = 1 / 64
        above = (y - X.mv(w + nudge)).pow(2).mean()
        below = (y - X.mv(w - nudge)).pow(2).mean()
        print(((above - below) * 32).item())
