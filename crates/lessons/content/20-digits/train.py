import gzip
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

FOLDER = 'digits/'
device = 'cuda' if torch.cuda.is_available() else 'cpu'


def load(name, count):
    with gzip.open(f'{FOLDER}{name}-images-idx3-ubyte.gz') as file:
        images = np.frombuffer(file.read(16 + 784 * count), np.uint8, offset=16)
    with gzip.open(f'{FOLDER}{name}-labels-idx1-ubyte.gz') as file:
        labels = np.frombuffer(file.read(8 + count), np.uint8, offset=8)
    images = torch.from_numpy(images.reshape(-1, 784) / 255).float()
    return TensorDataset(images, torch.from_numpy(labels.astype(np.int64)))


def accuracy(images, labels):
    with torch.no_grad():
        guesses = model(images.to(device)).argmax(1)
    return (guesses.cpu() == labels).float().mean().item()


torch.manual_seed(7)
train, test = load('train', 4000), load('t10k', 1000)
model = nn.Sequential(nn.Linear(784, 800), nn.ReLU(), nn.Linear(800, 10)).to(device)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)

for epoch in range(2):
    for images, labels in DataLoader(train, batch_size=50, shuffle=True):
        loss = loss_fn(model(images.to(device)), labels.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f'epoch {epoch + 1}: train {accuracy(*train[:1000]):.0%}, test {accuracy(*test[:]):.0%}')

torch.save(model.state_dict(), 'weights.pt')
