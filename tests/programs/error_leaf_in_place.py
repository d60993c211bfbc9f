import torch
w = torch.tensor([1.0], requires_grad=True)
(w * w).sum().backward()
print(w.grad)
w -= 0.1 * w.grad
