# Functions of every element, with `out`, `where` and their reductions; the sum of them all is NumPy's table of ufuncs.
import numpy as np
x = np.array([-1.5, -0.25, 0., 0.75, 2.])
u = np.array([0.1, 0.4, 0.9])
k, j = np.array([7, -7, 8, -3]), np.array([3, 3, -2, 2])
for f in (np.abs, np.absolute, np.fabs, np.negative, np.positive, np.sign, np.square, np.exp, np.exp2, np.expm1, np.sin, np.cos, np.tan, np.arctan, np.atan, np.sinh, np.cosh, np.tanh, np.arcsinh, np.asinh, np.ceil, np.floor, np.trunc, np.rint, np.fix, np.cbrt, np.sinc, np.deg2rad, np.radians, np.rad2deg, np.degrees):
    print(f(x), np.round(f(2.0), 12))
for f in (np.isnan, np.isinf, np.isfinite, np.signbit, np.logical_not, np.isposinf, np.isneginf):
    print(f(x), f([np.inf, -np.inf, np.nan]), f(2.0))
for f in (np.sqrt, np.log, np.log2, np.log10, np.log1p, np.arcsin, np.asin, np.arccos, np.acos, np.arctanh, np.atanh, np.reciprocal):
    print(f(u), np.round(f(0.5), 12))
print(np.arccosh(u + 1), np.acosh([1.5]), np.floor(np.array([1, 2])), np.floor(3), np.trunc([4]), np.rint([1.5, 2.5]), np.fix(3), np.round([0.37, 1.64]), np.round([0.37, 1.64], decimals=1), np.round([1, 2, 3, 11], decimals=-1), np.around(2.567, 2), np.round(np.array([1.25, 1.35]), 1))
for f in (np.add, np.subtract, np.multiply, np.divide, np.true_divide, np.floor_divide, np.mod, np.remainder, np.fmod, np.maximum, np.minimum, np.fmax, np.fmin, np.arctan2, np.atan2, np.hypot, np.copysign, np.logaddexp, np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal, np.logical_and, np.logical_or, np.logical_xor, np.float_power, np.gcd, np.lcm):
    print(f(k, np.abs(j)), f(k, 2))
print(np.power([1, 2, 3], 2), np.power(2, [1, 2, 3]), np.pow([2., 3.], [[1.], [2.]]), np.divmod(np.arange(5), 3), np.modf([0, 3.5]), np.modf(-0.5), np.heaviside([-1.5, 0, 2.0], 0.5), np.bitwise_and(13, 17), np.bitwise_or([2, 5, 255], 4), np.bitwise_xor([31, 3], [5, 6]), np.invert(np.array([13, -1])), np.bitwise_not([True, False]), np.left_shift(5, [1, 2, 3]), np.right_shift([10], [1, 2, 3]), 5 << np.array([1, 2]), np.array([10, 20]) >> 2)
out = np.zeros(3)
print(np.add([1., 2, 3], 1, out), out, np.cos(u, out) is out, np.sqrt([1., -4, 9], where=[True, False, True], out=np.zeros(3)), np.divide([1., 2., 3.], [1., 0., 2.], out=np.ones(3), where=np.array([1., 0., 2.]) != 0), np.multiply(u, 2, out=out, where=[True, True, False]), np.degrees(u, out), np.isfinite([1., np.inf, 0.], np.zeros(3, int)))
print(np.add.reduce(np.arange(8).reshape(2, 2, 2)), np.add.reduce([[1, 2], [3, 4]], axis=1, keepdims=True), np.add.reduce([10], initial=5), np.add.accumulate([2, 3, 5]), np.multiply.accumulate([[1, 2], [3, 4]], 1), np.multiply.outer([1, 2], [4, 5, 6]), np.add.reduceat(np.arange(8), [0, 4, 1, 5])[::2], np.gcd.reduce([15, 25, 35]), np.lcm.reduce([3, 12, 20]), np.maximum.reduce([[1, 5], [4, 2]]), np.logical_and.reduce([True, False]), np.multiply.reduce([2, 3, 5]))
at = np.array([1, 2, 3, 4])
np.add.at(at, [0, 1, 2, 2], 1)
print(at, np.clip([1, 5, 9], 2, 8), np.clip(np.arange(5), None, 3), np.clip(np.arange(5.), [1, 1, 2, 2, 2], 3), np.nan_to_num([np.inf, -np.inf, np.nan, 1.]), np.nan_to_num([np.nan, np.inf], nan=-9999, posinf=33333333), np.nan_to_num(7), np.interp(0.5, [0, 1], [0, 10]), np.sum(np.bartlett(5)), np.blackman(4).round(6), np.hamming(5), np.hanning(4))
v = np.vectorize(lambda a, b: a - b if a > b else a + b, doc='a or b')
print(v([1, 2, 3, 4], 2), v.__doc__, np.vectorize(lambda a, b: a - b, otypes=[float])([1, 2], 2), np.vectorize(lambda a: (a, a * 2))([1, 2]), np.vectorize(lambda r: r[0] + r[-1], signature='(n)->()')([[1, 2, 3], [4, 5, 6]]), np.vectorize(np.convolve, signature='(n),(m)->(k)')(np.eye(3), [1, 2, 1]), np.vectorize(lambda p, t: sum(c * t for c in p), excluded={0})([1, 2], [3, 4]))
@np.vectorize(otypes=[float])
def half(t):
    return t / 2
print(half([1, 2, 3]))
for wrong in (lambda: np.add([1, 2], [1, 2, 3]), lambda: np.cos(np.zeros((3, 3)), np.zeros((2, 2))), lambda: np.array([1, 2]) ** -1, lambda: np.array([True]) - np.array([True]), lambda: np.bitwise_and([1.5], 1), lambda: -np.array([True]), lambda: np.clip([1, 2])):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
