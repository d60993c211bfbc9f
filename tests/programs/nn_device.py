# A model that goes to another device keeps its parameters, and the optimizer made before trains them there.
import torch
import torch.nn as nn

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1)).to("cpu")
with torch.no_grad():
    for p in model.parameters():
        p.fill_(0.25)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
before = list(model.parameters())
model.to(device)
print(all(a is b for a, b in zip(before, model.parameters())), {p.device.type == device.type for p in model.parameters()})
print({b.device.type == device.type for b in model.buffers()}, {p.is_leaf and p.requires_grad for p in model.parameters()})
x = torch.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]], device=device)
for _ in range(3):
    optimizer.zero_grad()
    loss = (model(x) - 1).pow(2).mean()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
model.cpu()
print({p.grad.device.type for p in model.parameters()}, model[2].bias)
p = nn.Parameter(torch.ones(2, device="cpu"))
p.data = p.data.to(device) * 2
print(p.device.type == device.type, p.tolist())
