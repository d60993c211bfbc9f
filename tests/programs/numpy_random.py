import numpy as np

np.random.seed(0)
print(np.random.randn(3))
print(np.random.randn(2, 2))
print(np.random.rand(2), np.random.randn())
np.random.seed(42)
print(np.random.rand(3), np.random.randn(5).sum())
print(np.random.randint(0, 10, 5), np.random.randint(3))
