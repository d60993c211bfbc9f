import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

few = torch.tensor([[[1., 2., 3.]]])
stamp = torch.tensor([[[1., 10., 100.]]], requires_grad=True)
overlapping = F.conv_transpose1d(few, stamp)
apart = F.conv_transpose1d(few, stamp, stride=2)
cropped = F.conv_transpose1d(few, stamp, stride=2, padding=1)
longer = F.conv_transpose1d(few, stamp, stride=2, padding=1, output_padding=1)
for result in [overlapping, apart, cropped, longer]:
    print(result.flatten().tolist())

small = torch.tensor([[[[1., 2.], [3., 4.]]]])
square = F.conv_transpose2d(small, torch.ones(1, 1, 2, 2), stride=2)
gaps = F.conv_transpose2d(small, torch.ones(1, 1, 3, 3), stride=2)
figure, axes = plt.subplots(1, 3, figsize=(7.2, 2.6))
for ax, (title, picture) in zip(axes.flat, {'input': small, '2 × 2, stride 2': square, '3 × 3, stride 2': gaps}.items()):
    ax.imshow(picture[0, 0], cmap='Blues')
    ax.set_title(title)
plt.show()

x = torch.randn(1, 1, 6, generator=torch.Generator().manual_seed(0)).requires_grad_()
y = F.conv1d(x, stamp, stride=2)
upstream = torch.tensor([[[1., 2.]]])
back, = torch.autograd.grad(y, x, upstream)
print(torch.equal(back, F.conv_transpose1d(upstream, stamp, stride=2, output_padding=1)))
