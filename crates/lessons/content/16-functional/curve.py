import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

x = torch.linspace(-4, 4, 81, requires_grad=True)
y = F.gelu(x)
y.sum().backward()

plt.figure(figsize=(6.4, 3.6))
plt.plot(x.detach(), y.detach(), label='value')
plt.plot(x.detach(), x.grad, '--', label='derivative')
plt.grid()
plt.legend()
plt.title('gelu')
plt.show()
