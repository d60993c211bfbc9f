import numpy as np

print(np.array([1.0, 2.0, 3.0]), np.array([1, 2, 3]), np.array([True, False]))
print(np.array([[1.5, -2.0], [10.0, 0.25]]))
print(np.array([0.1, 1 / 3]), np.array([1e-8, 1.0]), np.array([1e10, 1.0]), np.array(2.5), np.array([]))
print(np.zeros((2, 3)), np.ones(2), np.arange(5), np.arange(0, 1, 0.25), np.eye(2))
a = np.array([[1.0, 2.0], [3.0, 4.0]])
print(repr(a), repr(np.arange(3)), a.shape, a.dtype, a.ndim, a.size)
print(a.sum(), a.mean(), a.sum(axis=0), a.max(), a[0, 1], a[1], a.T, a.dot(a))
print(type(a.sum()).__name__, float(a[0, 0]), f"{a.sum():.2f}", a.tolist(), np.float64(0.1) + 0.2)
print(np.array([np.nan, np.inf, 1.0]), np.arange(1200.0))
