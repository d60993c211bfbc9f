import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 10.0], [2.0, 30.0], [6.0, 25.0]], requires_grad=True)
mean, var = torch.zeros(2), torch.ones(2)
out = F.batch_norm(x, mean, var, training=True)
print(out)
print(mean, var)
out[0].sum().backward()
print(x.grad)
print(F.batch_norm(x, mean, var, torch.tensor([1.0, 2.0]), torch.tensor([0.5, 0.0])).detach())

planes = torch.tensor([[[1.0, 2.0, 4.0, 9.0], [0.0, 0.0, 1.0, 3.0]]])
mean, var = torch.zeros(2), torch.ones(2)
print(F.instance_norm(planes, mean, var, momentum=0.5))
print(mean, var)
print(F.instance_norm(planes, mean, var, use_input_stats=False))
print(F.layer_norm(planes, (4,), torch.ones(4), torch.arange(4.0)))
print(F.group_norm(planes, 1))

table = torch.arange(6.0).reshape(3, 2).requires_grad_()
rows = F.embedding(torch.tensor([[2, 1], [1, 1]]), table, padding_idx=2)
print(rows.detach())
rows.sum().backward()
print(table.grad)
print(F.one_hot(torch.tensor([0, 2, 1])))
print(F.bilinear(torch.ones(1, 2), torch.ones(1, 3), torch.arange(12.0).reshape(2, 2, 3), torch.tensor([0.0, 1.0])))
