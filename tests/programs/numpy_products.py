# Sums of products, polynomials, curves, functions along axes.
import numpy as np

a = np.arange(25).reshape(5, 5)
b = np.arange(5)
c = np.arange(6).reshape(2, 3)
print(np.einsum('ii', a), np.einsum('ii->i', a), np.einsum('ij,j', a, b), np.einsum('ji', c), np.einsum('i,i', b, b))
print(np.einsum('ij,jk->ik', c, c.T), np.inner(b, b), np.outer([1, 2], [3, 4]), np.cross([1, 2, 3], [4, 5, 6]), np.kron([1, 10], [5, 6]))
print(np.tensordot(np.ones((2, 3)), np.ones((3, 2)), axes=1), np.vdot([1, 2], [3, 4]))
print(np.polyfit([0., 1., 2., 3.], [1., 3., 5., 7.], 1).round(6), np.polyval([3, 0, 1], 5))
p = np.poly1d([1, 2, 3])
print(p(0.5))
print(np.roots([1, -3, 2]))
print(np.trapezoid([1, 2, 3]), np.gradient(np.array([1., 2., 4., 7.])), np.convolve([1, 2, 3], [0, 1, 0.5]))
