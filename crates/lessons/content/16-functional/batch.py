import torch
import torch.nn.functional as F

x = torch.tensor([[1., 10.], [3., 10.], [5., 10.]], requires_grad=True)
mean, var = torch.zeros(2), torch.ones(2)
trained = F.batch_norm(x, mean, var, training=True)
print('training  ', [[round(v, 3) + 0.0 for v in row] for row in trained.tolist()])
print('remembered', [round(v, 4) for v in mean.tolist()], [round(v, 4) for v in var.tolist()])
weights = torch.tensor([[1.], [2.], [4.]])
(trained * weights).sum().backward()
print('gradient  ', [round(g, 3) + 0.0 for g in x.grad[:, 0].tolist()], 'sum', round(x.grad[:, 0].sum().item(), 4) + 0.0)

x.grad = None
judged = F.batch_norm(x, mean, var, training=False)
print('evaluation', [[round(v, 3) for v in row] for row in judged.tolist()])
(judged * weights).sum().backward()
print('gradient  ', [round(g, 3) for g in x.grad[:, 0].tolist()])

try:
    F.batch_norm(torch.ones(1, 2), mean, var, training=True)
except ValueError as error:
    print(error)
