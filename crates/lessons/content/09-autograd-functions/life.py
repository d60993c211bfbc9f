import torch

w = torch.tensor(3., requires_grad=True)
print(w.grad)                  # nobody has asked yet

loss = w * w
loss.backward()
print(w.grad)                  # 2w

loss = w * w
loss.backward()
print(w.grad)                  # added to what was there

w.grad.zero_()
print(w.grad)                  # cleared, and ready
