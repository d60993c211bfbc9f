# A parameter that changes its dtype stays the one that an optimizer knows.
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
before = list(model.parameters())
model.double()
print([a is b for a, b in zip(before, model.parameters())], {p.dtype for p in model.parameters()})
print([(name, value.dtype) for name, value in model.named_buffers()])
with torch.no_grad():
    model[0].weight.fill_(0.5)
model(torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)).pow(2).sum().backward()
print(model[0].bias.grad.dtype)
w = model[1].weight
optimizer.step()
print(w.tolist() != [1.0, 1.0], w is model[1].weight)
model.float()
print(model[0].weight.dtype, model[0].weight.grad.dtype, optimizer.param_groups[0]["params"][0].dtype)
p = nn.Parameter(torch.ones(2))
p.data = torch.tensor([3.0, 4.0], dtype=torch.float64)
print(p, p.requires_grad, p.is_leaf)
