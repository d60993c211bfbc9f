import torch

i = torch.tensor([1, 2, 3])
b = i > 1
d = torch.tensor([1.0, 0.5], dtype=torch.float64)
print(i.dtype, b.dtype, d.dtype, torch.tensor([1.0]).dtype)
print(i, b, d, i.float(), b.float(), d.to(torch.float32))
print(i + 0.5, (i + 0.5).dtype, i / 2, i // 2, i * i, i ** 2)
print(b.sum(), i.sum(), i.float().mean(), (i == torch.tensor([1, 0, 3])), ~b)
print(torch.zeros(2, dtype=torch.int64), torch.tensor([1, 2.5]), torch.tensor([True, False]))
print(i.size(), i.size(0), i.shape[0], len(i), i.tolist(), d.tolist(), i.max(), i.argmax())
