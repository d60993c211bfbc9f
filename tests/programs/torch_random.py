import torch

torch.manual_seed(0)
print(torch.randn(4))
torch.manual_seed(0)
print(torch.randn(20))
torch.manual_seed(1)
print(torch.randn(2, 3), torch.rand(3), torch.randn(5), torch.randn(1))
torch.manual_seed(2)
print(torch.randn(16).sum(), torch.rand(2, 2), torch.randn(()))
