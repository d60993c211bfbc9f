import torch
from torch import nn

torch.manual_seed(0)
n, d = 100, 3
true_w = torch.tensor([[2.], [-1.], [0.5]])
X = torch.randn(n, d)
y = X.mm(true_w) + 0.7 + 0.1 * torch.randn(n, 1)

model = nn.Linear(d, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for step in range(50):
    loss = loss_fn(model(X), y)
    if step % 10 == 0:
        print(f'{step:2d} {loss.item():.4f}')
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print(' '.join(f'{p:.2f}' for p in model.weight.flatten().tolist()))
print(f'{model.bias.item():.2f}')
