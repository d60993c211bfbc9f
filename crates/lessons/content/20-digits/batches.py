import torch


def batches(images, labels, size):
    yield images[:size], labels[:size]


torch.manual_seed(0)
for images, labels in batches(torch.arange(10.0).reshape(10, 1), torch.arange(10), 4):
    print(images.flatten(), labels)
