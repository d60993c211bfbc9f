import torch

n = 7
n += 3
n -= 1
n *= 5
n //= 2
n **= 2
n %= 100
print(n)
x = 3
x /= 2
print(x)
a = b = [1]
a += [2, 3]
a[0] += 10
print(a, b)
w = torch.tensor([1.0, 2.0, 3.0])
v = w
w -= 0.5
w *= 2
w[0] += 10
print(w, v is w)
s = "ab"
s += "c"
s *= 2
print(s)
