import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def loss(x, w, b, target):
    return (sigmoid(w.dot(x) + b) - target) ** 2

def backward(x, w, b, target):
    """The gradients of the loss: one array for w, one number for b."""
    z = w.dot(x) + b
    a = sigmoid(z)
    grad_a = 2 * (a - target)
    grad_z = grad_a * a * (1 - a)
    grad_w = grad_z * x
    grad_b = grad_z
    return grad_w, grad_b

x = np.array([0.1, 0.15, 0.2])
w = np.array([2., 4., 1.])
print(backward(x, w, -1.0, 1.0))
