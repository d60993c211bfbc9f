import torch

print(torch.tensor([1e-8, 1.0]))
print(torch.tensor([1e5, 2.5e-3]))
print(torch.tensor([1e8, 2.0]))
print(torch.tensor([100000000.0, 1.0]))
print(torch.tensor([[1e-10, 3.0], [-2e10, 0.0]]))
print(torch.tensor([1e30, -1e30]), torch.tensor([1e-40]))
print(torch.tensor([0.00001, 0.00002]), torch.tensor([99999.0, 0.5]), torch.tensor([123456.0, 1.0]))
print(torch.tensor([1234567.0]), torch.tensor([12345678.0, 1e9]), torch.tensor([0.99999999]))
