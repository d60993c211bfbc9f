import numpy as np

h = np.array([[1.0, -2.0], [-3.0, 4.0]])
relu = np.maximum(h, 0)
grad = np.ones((2, 2)) * 5
kept = grad.copy()
grad[h < 0] = 0
print(relu, grad, kept, h < 0, sep="\n")
w = np.array([1.0, 2.0])
same = w
w -= 0.5 * np.array([1.0, 1.0])
print(w, same, h.T, h[:, 0], h[h > 0])
print(np.square(h - 1).sum(), np.exp(0.0), np.sqrt(np.array([4.0, 2.0])), np.abs(h).mean())
x = np.array([[1.0, 2.0, -1.0]])
print(x.T.dot(np.array([[8.0, 0.0]])), x.shape, x.T.shape, x.reshape(3), x @ x.T)
