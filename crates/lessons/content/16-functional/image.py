import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

image = torch.zeros(1, 1, 8, 8)
image[:, :, 2:6, 2:6] = 1.
image[:, :, 3:5, 3:5] = 3.
edge = torch.tensor([[[[1., 0., -1.], [2., 0., -2.], [1., 0., -1.]]]], requires_grad=True)
blur = torch.full((1, 1, 3, 3), 1 / 9)
edges = F.conv2d(image, edge, padding=1)
blurred = F.conv2d(image, blur, padding='same')
smaller = F.conv2d(image, blur, stride=2)
print([tuple(t.shape) for t in (edges, blurred, smaller)])

pictures = {'image': image, 'edges': edges, 'blurred': blurred, 'stride 2': smaller}
figure, axes = plt.subplots(1, 4, figsize=(8, 2.4))
for ax, (title, picture) in zip(axes.flat, pictures.items()):
    ax.imshow(picture[0, 0].detach(), cmap='Blues')
    ax.set_title(title)
plt.show()

colors = torch.arange(32.).reshape(1, 2, 4, 4)
mix = torch.tensor([[[[1., 0.], [0., 1.]], [[0., -1.], [-1., 0.]]], [[[1., 1.], [1., 1.]], [[0., 0.], [0., 0.]]]])
mixed = F.conv2d(colors, mix, bias=torch.tensor([0., 100.]))
print(mixed[0, :, 0].tolist())
apart = F.conv2d(colors, mix[:, :1], groups=2)
print(apart[0, :, 0].tolist())
