import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def prepared(image):
    """Like MNIST's: the ink in a box of 20 by 20, its center of mass in the middle."""
    rows, columns = image.sum(1).nonzero().flatten(), image.sum(0).nonzero().flatten()
    if len(rows) == 0:
        return image
    box = image[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    scale = 20 / max(box.shape)
    height, width = [max(1, round(n * scale)) for n in box.shape]
    box = F.interpolate(box[None, None], size=(height, width), mode='bilinear')[0, 0]
    y = (box.sum(1) @ torch.arange(height, dtype=torch.float32, device='cpu')) / box.sum()
    x = (box.sum(0) @ torch.arange(width, dtype=torch.float32, device='cpu')) / box.sum()
    top = min(max(round(13.5 - y.item()), 0), 28 - height)
    left = min(max(round(13.5 - x.item()), 0), 28 - width)
    return F.pad(box, (left, 28 - left - width, top, 28 - top - height))


device = 'cuda' if torch.cuda.is_available() else 'cpu'
model = nn.Sequential(nn.Linear(784, 800), nn.ReLU(), nn.Linear(800, 10)).to(device)
model.load_state_dict(torch.load('weights.pt', map_location='cpu'))

image = prepared(torch.from_numpy(np.load('drawing.npy') / 255).float())
with torch.no_grad():
    scores = model(image.reshape(1, 784).to(device))
    chances = torch.softmax(scores, 1).flatten().cpu()

print(f'This is a {chances.argmax().item()}: {chances.max().item():.0%}')
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 2.6))
left.imshow(image, cmap='gray_r')
left.axis('off')
right.bar(range(10), chances)
right.set_xticks(range(10))
right.set_ylim(0, 1)
plt.show()
