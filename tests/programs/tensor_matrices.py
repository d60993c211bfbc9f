import torch

print(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
print(torch.tensor([[1.5, -2.0, 10.0], [0.0, 100.25, -0.125]]))
print(torch.eye(3))
print(torch.zeros(2, 0), torch.zeros(0, 3).shape)
print(torch.arange(12.0).reshape(2, 3, 2))
print(torch.tensor([[1, 20], [300, 4]]), torch.tensor([[True, False]]))
print(torch.arange(6.0).reshape(2, 3).t())
print(torch.zeros(1, 1, 1))
print([torch.tensor([1.0]), torch.tensor(2)], (torch.zeros(2),))
print(torch.arange(10000.0).reshape(100, 100))
