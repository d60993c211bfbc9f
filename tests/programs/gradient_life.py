import torch

w = torch.tensor(3.0, requires_grad=True)
print(w.grad)
(w * w).backward()
print(w.grad)
(w * w).backward()
print(w.grad)
w.grad.zero_()
print(w.grad)
loss = (w - 2) ** 2 + w.sin()
loss.backward()
print(loss.item(), w.grad.item())
w.grad = None
y = w ** 3
y.backward(retain_graph=True)
y.backward()
print(w.grad)
