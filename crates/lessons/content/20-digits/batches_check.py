for count, size in [(10, 4), (12, 3), (5, 8)]:
    torch.manual_seed(count)
    numbers = torch.arange(count)
    all_images = torch.stack([numbers, -numbers], 1).float()
    found = list(batches(all_images, numbers, size))
    sizes = [len(labels) for _, labels in found]
    wanted = [min(size, count - start) for start in range(0, count, size)]
    assert sizes == wanted, f'{count} samples in batches of {size} should make batches of {wanted}; they are of {sizes}'
    for images, labels in found:
        assert tuple(images.shape) == (len(labels), 2), f'a batch of images has the shape {tuple(images.shape)}'
        same = torch.equal(images, torch.stack([labels, -labels], 1).float())
        assert same, 'an image has another one\'s label: choose both by the same indices'
    seen = torch.cat([labels for _, labels in found]).sort().values
    assert torch.equal(seen, numbers), f'every sample should come once; these came: {seen.tolist()}'
numbers = torch.arange(200)
orders = [torch.cat([labels for _, labels in batches(numbers.float().reshape(200, 1), numbers, 50)]) for _ in range(2)]
assert not torch.equal(orders[0], numbers), 'the samples come in their old order: shuffle them'
assert not torch.equal(orders[0], orders[1]), 'two epochs have the same order: shuffle anew each time'
