import torch
from torch import nn

model = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
print(model)

with torch.no_grad():
    model[0].weight.copy_(torch.tensor([[1., 2., -1.], [-1., 0., 1.]]))
    model[0].bias.copy_(torch.tensor([0.5, 0.]))
    model[2].weight.copy_(torch.tensor([[2., 3.]]))
    model[2].bias.copy_(torch.tensor([-1.]))

x = torch.tensor([[1., 1., 1.]])
y = model(x)
print(y.item())

loss = nn.MSELoss(reduction='sum')(y, torch.tensor([[3.]]))
loss.backward()
for name, param in model.named_parameters():
    print(name, tuple(param.shape), param.grad)
