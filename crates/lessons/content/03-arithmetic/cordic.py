import torch

# The angles whose tangents are 1, 1/2, 1/4, ...
angles = [0.7853982, 0.4636476, 0.2449787, 0.1243550,
          0.0624188, 0.0312398, 0.0156237, 0.0078123]

angle = torch.tensor(0.5)      # in radians
x = torch.tensor(0.6072591)    # so that all turns together give length 1
y = torch.tensor(0.)
part = 1.0
for turn in angles:
    if angle >= 0:
        x, y = x - y * part, y + x * part
        angle = angle - turn
    else:
        x, y = x + y * part, y - x * part
        angle = angle + turn
    part = part / 2

print(f'cos {x.item():.4f}  sin {y.item():.4f}')
