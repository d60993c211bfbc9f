# What a float becomes in a tensor.
import torch

print(torch.get_default_dtype(), torch.tensor(1.5).dtype)
torch.set_default_dtype(torch.float64)
print(torch.get_default_dtype())
print(torch.tensor([1.5, 2.0]), torch.tensor([1, 2]), torch.tensor(2.5, dtype=torch.float32))
print(torch.zeros(2).dtype, torch.arange(0, 1, 0.5), torch.linspace(0, 1, 3), torch.full((2,), 0.1), torch.eye(2).dtype)
print(torch.tensor([1, 2]) / 2, torch.tensor([1, 2]) * 0.1, torch.tensor([1, 2]).float() * 0.1, torch.arange(3).exp())
print(torch.arange(3).sum().sqrt(), torch.ones(2, dtype=torch.float32) + torch.ones(2), torch.Tensor([1, 2]))
torch.manual_seed(0)
print(torch.rand(2), torch.randn(3), torch.randn(20)[:2])
torch.manual_seed(0)
layer = torch.nn.Linear(2, 1)
print(layer.weight, layer(torch.ones(1, 2)).dtype, layer(torch.ones(1, 2)).item())
print(torch.zeros(0), torch.zeros(0, dtype=torch.float32), torch.tensor(3.0).item())
torch.set_default_dtype(torch.float32)
print(torch.tensor(0.5), torch.ones(1, dtype=torch.float64))
try:
    torch.set_default_dtype(torch.int64)
except TypeError as error:
    print(error)
