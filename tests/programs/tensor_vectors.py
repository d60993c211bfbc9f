import torch

print(torch.tensor([1.0, 2.0, 3.0]))
print(torch.tensor([1.5, -2.25, 100.0]))
print(torch.tensor([0.1, 0.12345678, 12.0]))
print(torch.tensor([1e-3, 1.0, 1000.0]))
print(torch.tensor([]), torch.tensor([7.0]), torch.zeros(3), torch.ones(2), torch.full((2,), 0.5))
print(torch.arange(5), torch.arange(1, 2, 0.25), torch.linspace(0, 1, 5))
print(torch.tensor([float("nan"), 1.0, float("inf")]), torch.tensor([float("-inf"), 0.25]))
print(torch.arange(30.0))
print(torch.arange(2000))
