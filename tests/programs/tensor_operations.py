import torch

a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
v = torch.tensor([10.0, -1.0])
print(a + v, a * v, a - 1, 2 / a)
print(a.mm(a), a @ v, torch.matmul(v, a), v.dot(v))
print(a.sum(), a.sum(dim=0), a.sum(1, keepdim=True), a.mean(), a.max(), a.min())
print(a.t(), a.reshape(4), a.view(-1, 1), a.T[0], a[0], a[:, 1], a[-1, 0], a[a > 2])
print(v.clamp(min=0), v.abs(), v.relu(), torch.exp(torch.zeros(2)), v.pow(2), torch.sqrt(v.abs()))
print(torch.cat([a, a]), torch.stack([v, v], dim=1), v.unsqueeze(0), torch.where(v > 0, v, 0 * v))
print(torch.maximum(v, torch.zeros(2)), a.max(dim=1), a.argmax(dim=0), a.softmax(dim=1))
