import torch

# Your own data: one line a sample, the wanted value last.
text = '''
size, rooms, price
50, 2, 210
80, 3, 320
65, 2, 265
120, 5, 480
95, 4, 385
40, 1, 165
'''

lines = text.strip().split('\n')
names = [name.strip() for name in lines[0].split(',')]
rows = [[float(cell) for cell in line.split(',')] for line in lines[1:]]
data = torch.tensor(rows)

# Bring every column to mean 0 and deviation 1.
mean, deviation = data.mean(dim=0), data.std(dim=0)
data = (data - mean) / deviation
X, y = data[:, :-1], data[:, -1]

w = torch.zeros(X.shape[1], requires_grad=True)
for step in range(300):
    loss = (y - X.mv(w)).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()

for name, p, s in zip(names, w.tolist(), deviation.tolist()):
    print(f'{name}: {p * deviation[-1].item() / s:.1f} more for one more')
