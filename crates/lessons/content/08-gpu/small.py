import torch

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

x = torch.tensor([[1., 2., 0.5]], device=device)
y = torch.tensor([[4.]], device=device)
w1 = torch.tensor([[1., 1.], [1., -1.], [0., 1.]], device=device)
w2 = torch.tensor([[2.], [5.]], device=device)

h = x.mm(w1)
h_relu = h.clamp(min=0)
y_pred = h_relu.mm(w2)
loss = (y_pred - y).pow(2).sum()

grad_y_pred = 2.0 * (y_pred - y)
grad_w2 = h_relu.t().mm(grad_y_pred)
grad_h_relu = grad_y_pred.mm(w2.t())
grad_h = grad_h_relu.clone()
grad_h[h < 0] = 0
grad_w1 = x.t().mm(grad_h)

print(loss.item())
print(grad_w1.cpu())
print(grad_w2.cpu())
