import torch
from torch.autograd import Variable

# As in programs from 2017.
x = Variable(torch.ones(2), requires_grad=True)
y = (x * x).sum()
y.backward()
print(type(x).__name__, x.grad.tolist())

# As in programs of today.
x = torch.ones(2, requires_grad=True)
y = (x * x).sum()
y.backward()
print(type(x).__name__, x.grad.tolist())
