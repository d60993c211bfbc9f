import torch

x = torch.tensor(2.)
w = torch.tensor(0., requires_grad=True)

h = w * x                      # one hidden number
e1 = torch.exp(3 * h)          # feeds two outputs
e2 = torch.exp(h)
total = e1 + e2
a = e1 / total                 # softmax: the first one's share
loss = (a - 1) ** 2

loss.backward()
print(w.grad.item())
