import math
from math import pi, sqrt as root

print(math.pi, math.e, math.inf, -math.inf, math.nan)
print(root(2), math.exp(1), math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000))
print(math.sin(pi / 6), math.cos(pi), math.tan(pi / 4), math.atan2(1, -1), math.tanh(0.5))
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), math.fabs(-3), math.hypot(3, 4))
print(math.factorial(20), math.gcd(84, 36), math.isnan(math.nan), math.isinf(1e308 * 10))
print(math.isclose(0.1 + 0.2, 0.3), math.pow(2, 0.5), math.copysign(1, -0.0), math.prod([1, 2, 3, 4]))
