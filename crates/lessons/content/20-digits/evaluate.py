import gzip
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

with gzip.open('digits/t10k-images-idx3-ubyte.gz') as file:
    images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
with gzip.open('digits/t10k-labels-idx1-ubyte.gz') as file:
    labels = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)

device = 'cuda' if torch.cuda.is_available() else 'cpu'
model = nn.Sequential(nn.Linear(784, 800), nn.ReLU(), nn.Linear(800, 10)).to(device)
model.load_state_dict(torch.load('weights.pt', map_location='cpu'))

with torch.no_grad():
    scores = model(torch.from_numpy(images / 255).float().to(device)).cpu()
guesses, labels = scores.argmax(1), torch.from_numpy(labels)

confusion = torch.bincount(10 * labels + guesses, minlength=100).reshape(10, 10)
print(f'right: {confusion.diagonal().sum().item()} of {len(labels)}')
mistakes = [(n, i, j) for i, row in enumerate(confusion.tolist()) for j, n in enumerate(row) if i != j]
for n, i, j in sorted(mistakes, reverse=True)[:3]:
    print(f'{n} times a {i} was read as a {j}')

figure, ax = plt.subplots(figsize=(5, 5))
ax.imshow(confusion, cmap='Blues')
ax.set_xlabel('read as')
ax.set_ylabel('is')
ax.set_xticks(range(10))
ax.set_yticks(range(10))
plt.show()

wrong = (guesses != labels).nonzero().flatten().tolist()
figure, axes = plt.subplots(2, 5, figsize=(7, 3.4))
for ax, i in zip(axes.flat, wrong):
    ax.imshow(images[i].reshape(28, 28), cmap='gray_r')
    ax.set_title(f'{labels[i].item()} read as {guesses[i].item()}')
    ax.axis('off')
plt.show()
