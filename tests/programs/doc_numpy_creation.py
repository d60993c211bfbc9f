# Arrays made from data, from ranges, from functions, from other arrays.
import numpy as np
print(np.array([1, 2, 3.0]), np.array([[1, 2], [3, 4]]), np.array([1, 2, 3], ndmin=2), np.array([1, 2, 3], dtype=float), np.array((True, False)), np.asarray([1, 2]), np.asanyarray([[1.5]]), np.array(3).shape)
a = np.array([[1, 2, 3], [4, 5, 6]], order='F')
print(a.flags['F_CONTIGUOUS'], a.flags.c_contiguous, a.copy().flags, np.ascontiguousarray(a).flags['C'], a.T.flags.f_contiguous, a.strides, a.itemsize, a.nbytes, a.size, a.ndim, a.shape, a.dtype, len(a))
print(np.zeros(5), np.zeros((5,), dtype=int), np.zeros((2, 1)), np.ones((2, 2), dtype=bool), np.ones(3, order='F'), np.full((2, 2), 10), np.full((2, 2), [1, 2]), np.full(2, np.inf), np.empty((0, 3)).shape, np.eye(2, dtype=int), np.eye(3, k=1), np.eye(2, 3), np.identity(3))
print(np.zeros_like(a), np.ones_like(a, dtype=float), np.full_like(a, 1), np.full_like(np.arange(2.), np.nan), np.full_like(a, [7, 8, 9]), np.empty_like(a, shape=(3,)).shape, np.zeros_like(a, shape=(1, 2)))
print(np.arange(3), np.arange(3.0), np.arange(3, 7), np.arange(3, 7, 2), np.arange(0, 5, 0.5, dtype=int), np.arange(5, 0, -2), np.linspace(2.0, 3.0, num=5), np.linspace(2.0, 3.0, num=5, endpoint=False), np.linspace(2.0, 3.0, num=5, retstep=True), np.linspace(0, 5, 3, dtype=int), np.linspace([0, 10], [1, 20], 3), np.linspace([0, 10], [1, 20], 3, axis=1))
print(np.logspace(2.0, 3.0, num=4), np.logspace(2.0, 3.0, num=4, endpoint=False), np.logspace(2.0, 3.0, num=4, base=2.0), np.logspace(2, 3, num=3, base=[2., 3.], axis=-1), np.geomspace(1, 1000, num=4), np.geomspace(1, 256, num=9, dtype=int), np.geomspace(1000, 1, num=4), np.geomspace(-8, -1, num=4), np.geomspace(1, 1000, num=3, endpoint=False))
print(np.diag([1, 2]), np.diag(np.arange(9).reshape(3, 3), k=-1), np.diagflat([[1, 2], [3, 4]]), np.diagflat([1, 2], 1), np.tri(3, 5, 2, dtype=int), np.tri(2, 3, -1), np.tril(a), np.triu(a, 1), np.vander([1, 2, 3, 5], 3), np.vander([1, 2, 3], increasing=True), np.tril_indices(3), np.triu_indices(3, 1), np.tril_indices_from(np.ones((2, 2))), np.diag_indices(3), np.diag_indices_from(np.ones((2, 2))))
print(np.fromfunction(lambda i, j: i + j, (3, 3), dtype=int), np.fromiter((x * x for x in range(5)), float), np.frombuffer(b'\x01\x00\x00\x00\x00\x00\x00\x00', dtype=np.int64), np.fromstring('1, 2', dtype=int, sep=','), np.indices((2, 3)), np.indices((2, 2), sparse=True), np.mgrid[0:2, 0:3], np.ogrid[0:2, 0:3], np.meshgrid([1, 2, 3], [4, 5]), np.meshgrid([1, 2], [3, 4], indexing='ij', sparse=True))
print(np.r_[np.array([1, 2, 3]), 0, 0, np.array([4, 5])], np.c_[np.array([1, 2]), np.array([3, 4])], np.s_[2::2], np.index_exp[2::2], np.ix_([0, 1], [2, 4]), np.broadcast_to([1, 2, 3], (2, 3)), np.broadcast_shapes((1, 2), (3, 1)), np.broadcast_arrays([[1, 2]], [[4], [5]]))
print(np.copy(a), np.array(a, copy=False) is a, np.asarray(a) is a, a.astype(float), a.astype(int, copy=True), np.array([1.7, -1.7]).astype(int), a.astype(bool), a.tolist(), a.item(3), a.item((0, 1)), a.item(1, 2), a.flat[3], list(a.flat), a.fill(7), a)
b = np.zeros((2, 2))
b.flat = [1, 2]
print(b, np.resize([[0, 1], [2, 3]], (2, 3)), np.resize([0, 1], 5), np.isscalar(3.1), np.isscalar([3.1]), np.ndim([[1]]), np.shape([[1, 3]]), np.size(a), np.size(a, 0), np.size(a, axis=(0, 1)))
print(np.issubdtype(np.float64, np.floating), np.issubdtype(int, np.integer), np.issubdtype(float, np.integer), np.result_type(3, np.arange(2.)), np.dtype(float), np.dtype('int64').itemsize, np.dtype(bool).name, np.finfo(float).eps, np.iinfo(int).max, np.float32(1.5), repr(np.float32(1.5)), np.int64(7).dtype)
for wrong in (lambda: np.zeros(3).reshape(2, 2), lambda: np.array([[1, 2], [3]]), lambda: np.zeros((2, 2)).item(), lambda: np.arange(3)[5], lambda: np.zeros((2, 3)) + np.zeros((3, 2)), lambda: np.full((2, 2), [1, 2, 3]), lambda: np.linspace(0, 1, -1), lambda: np.geomspace(0, 1), lambda: np.broadcast_to([1, 2, 3], (2, 2)), lambda: np.array([1, 2])[1.5], lambda: np.concatenate([np.ones((1, 2)), np.ones((1, 3))]), lambda: np.zeros((2, 2))[2, 0], lambda: np.zeros(-1), lambda: bool(np.array([1, 2])), lambda: np.ones(2) @ np.ones(3)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
