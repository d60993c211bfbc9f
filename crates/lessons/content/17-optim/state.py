import torch
from torch import optim

w = torch.tensor(1., requires_grad=True)
optimizer = optim.Adam([w], lr=0.1)

for t in range(3):
    optimizer.zero_grad()
    loss = 3 * w
    loss.backward()
    optimizer.step()
    m = optimizer.state[w]['exp_avg']
    s = optimizer.state[w]['exp_avg_sq']
    print(t, f'm {m.item():.4f}', f's {s.item():.6f}', f'w {w.item():.4f}')
