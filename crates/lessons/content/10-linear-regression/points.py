import matplotlib.pyplot as plt
import torch

points = [(1.0, 2.0), (2.0, 2.5), (4.0, 4.0), (5.0, 5.5), (8.0, 6.5), (9.0, 8.0)]

x = torch.tensor([p[0] for p in points])
y = torch.tensor([p[1] for p in points])
X = torch.stack([x, torch.ones(len(x))], dim=1)

w = torch.zeros(2, requires_grad=True)
for step in range(400):
    loss = (y - X.mv(w)).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.02 * w.grad
    w.grad.zero_()

slope, bias = w.tolist()
print(f'y = {slope:.2f} x + {bias:.2f}, loss {loss.item():.3f}')

ends = [0, 10]
plt.scatter(x.tolist(), y.tolist())
plt.plot(ends, [slope * end + bias for end in ends])
plt.ylim(0, 10)
plt.show()
