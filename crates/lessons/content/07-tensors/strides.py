import torch

a = torch.arange(12.).reshape(3, 4)
print(a.stride())

t = a.t()                      # turned over: no number is moved
print(t.shape, t.stride())

row = a[1]
column = a[:, 1]
print(row.stride(), column.stride(), column.storage_offset())

column[0] = 100                # a view: the same memory
print(a)

print(a.is_contiguous(), t.is_contiguous())
print(t.reshape(12)[:6])       # copies, because it has to
