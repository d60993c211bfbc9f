import torch
v = torch.tensor([1.0, 2.0, 3.0])
print(v[0].item())
print(f"{v.item():.2f}")
