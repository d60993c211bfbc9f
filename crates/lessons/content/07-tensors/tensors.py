import torch

# Making them.
a = torch.rand(10, 10, 5)
b = torch.zeros(2, 3)
c = torch.arange(6.)
print(a.shape, b.shape, c.shape)

# Taking parts.
print(a[0, :, :].shape)
print(a[0].shape, a[:, 2:5].shape, a[0, 0, 0].shape)

# Putting them together.
print(torch.cat([b, b]).shape)
print(torch.cat([b, b], dim=1).shape)
print(torch.stack([b, b]).shape)

# The same numbers in another shape.
print(c.reshape(2, 3))
print(a.view(-1, 5).shape)
print(c.unsqueeze(0).shape, c.unsqueeze(1).shape)
print(torch.zeros(1, 3, 1).squeeze().shape)

# What they are made of.
print(c.dtype, torch.arange(6).dtype)
