import torch


def batches(images, labels, size):
    order = torch.randperm(len(images), device=images.device)
    for start in range(0, len(images), size):
        chosen = order[start:start + size]
        yield images[chosen], labels[chosen]


torch.manual_seed(0)
for images, labels in batches(torch.arange(10.0).reshape(10, 1), torch.arange(10), 4):
    print(images.flatten(), labels)
