import torch

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

def size_in_bytes(t):
    return t.numel() * t.element_size()

x = torch.randn(64, 1000)      # made where Python is
w = torch.randn(1000, 100)
print('to the device:  ', size_in_bytes(x) + size_in_bytes(w))
x, w = x.to(device), w.to(device)

h = x.mm(w)                    # stays there
print('kept there:     ', size_in_bytes(h))

loss = h.pow(2).sum()
print('back to Python: ', size_in_bytes(loss))
print(loss.item() > 0)
