# How arrays are printed when asked to print otherwise.
import numpy as np

np.set_printoptions(precision=3)
print(np.array([1.123456789, 2.0]))
np.set_printoptions(suppress=True)
print(np.array([1e-10, 1.5, 1000.123456]))
np.set_printoptions(threshold=5)
print(np.arange(10))
np.set_printoptions(precision=8, suppress=False, threshold=1000, linewidth=40)
print(np.arange(30) / 7)
with np.printoptions(precision=2):
    print(np.array([1/3]))
print(np.array([1/3]))
np.set_printoptions(precision=2, floatmode="fixed", linewidth=75)
print(np.array([1, 2.5, 1 / 3]))
print(np.array2string(np.array([1.5, 2.25]), precision=1, separator=", "))
