import torch
import torch.nn.functional as F

table = torch.tensor([[0., 0.], [1., 10.], [2., 20.], [3., 30.]], requires_grad=True)
words = torch.tensor([[1, 3], [1, 0]])
vectors = F.embedding(words, table, padding_idx=0)
print(vectors.tolist())
vectors.sum().backward()
print(table.grad.tolist())
try:
    F.embedding(torch.tensor([4], device='cpu'), table.cpu())
except IndexError as error:
    print(error)

hot = F.one_hot(words, num_classes=4)
print(tuple(hot.shape), hot[0].tolist(), hot.dtype)
print((hot.float() @ table.detach()).equal(vectors.detach()))
print(tuple(F.one_hot(words).shape), 'classes are counted:', int(words.max()) + 1)
try:
    F.one_hot(torch.tensor([-1]), num_classes=4)
except RuntimeError as error:
    print(error)
