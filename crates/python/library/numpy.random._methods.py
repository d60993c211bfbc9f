"""Distributions, drawn from a stream: a `Generator`, a `RandomState`, or that of `numpy.random` itself."""

import math

import numpy as np


def _drawn(draw, size):
    if size is None:
        return draw()
    shape = (size,) if isinstance(size, int) else tuple(size)
    return np.array([draw() for _ in range(math.prod(shape))]).reshape(shape)


def _each(function, self, parameters, size):
    """A draw for every place of arrays of parameters."""
    shape = np.broadcast_shapes(*[np.shape(p) for p in parameters]) if size is None else size
    places = [np.ravel(np.broadcast_to(p, shape)).tolist() for p in parameters]
    return np.array([function(self, *given) for given in zip(*places)]).reshape(shape)


def _is_new(self):
    return hasattr(self, "integers")


def laplace(self, loc=0.0, scale=1.0, size=None):
    def draw():
        u = self.random()
        while u <= 0:
            u = self.random()
        return loc - scale * math.log(2.0 - u - u) if u >= 0.5 else loc + scale * math.log(u + u)

    return _drawn(draw, size)


def logistic(self, loc=0.0, scale=1.0, size=None):
    def draw():
        u = self.random()
        return loc + scale * math.log(u / (1.0 - u)) if u > 0 else draw()

    return _drawn(draw, size)


def gumbel(self, loc=0.0, scale=1.0, size=None):
    def draw():
        u = 1.0 - self.random()
        return loc - scale * math.log(-math.log(u)) if u < 1 else draw()

    return _drawn(draw, size)


def lognormal(self, mean=0.0, sigma=1.0, size=None):
    return np.exp(self.normal(mean, sigma, size)) if size is not None else math.exp(self.normal(mean, sigma))


def rayleigh(self, scale=1.0, size=None):
    return _drawn(lambda: scale * math.sqrt(2.0 * self.standard_exponential()), size)


def weibull(self, a, size=None):
    return _drawn(lambda: self.standard_exponential() ** (1.0 / a), size)


def pareto(self, a, size=None):
    return _drawn(lambda: math.expm1(self.standard_exponential() / a), size)


def triangular(self, left, mode, right, size=None):
    base = right - left

    def draw():
        u = self.random()
        if u <= (mode - left) / base:
            return left + math.sqrt(u * ((mode - left) * base))
        return right - math.sqrt((1.0 - u) * ((right - mode) * base))

    return _drawn(draw, size)


def poisson(self, lam=1.0, size=None):
    if np.ndim(lam):
        return _each(poisson, self, (lam,), size)
    if not lam >= 0:
        raise ValueError("lam < 0 or lam is NaN")
    slow = math.sqrt(lam)
    b = 0.931 + 2.53 * slow
    a = -0.059 + 0.02483 * b

    def small():
        count, product = 0, self.random()
        while product > limit:
            count += 1
            product *= self.random()
        return count

    def large():
        while True:
            u = self.random() - 0.5
            v = self.random()
            us = 0.5 - abs(u)
            k = math.floor((2 * a / us + b) * u + lam + 0.43)
            if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
                return k
            if k < 0 or us < 0.013 and v > us:
                continue
            inverse = math.log(1.1239 + 1.1328 / (b - 3.4))
            if math.log(v) + inverse - math.log(a / (us * us) + b) <= -lam + k * math.log(lam) - math.lgamma(k + 1):
                return k

    limit = math.exp(-lam)
    return _drawn(large if lam >= 10 else (lambda: 0) if lam == 0 else small, size)


def geometric(self, p, size=None):
    def search():
        count, total, product, u = 1, p, p, self.random()
        while u > total:
            product *= 1.0 - p
            total += product
            count += 1
        return count

    def invert():
        if _is_new(self):
            return math.ceil(-self.standard_exponential() / math.log1p(-p))
        return math.ceil(math.log1p(-self.random()) / math.log(1.0 - p))

    if not 0 < p <= 1:
        raise ValueError("p <= 0, p > 1 or p contains NaNs")
    return _drawn(search if p >= 1 / 3 else invert, size)


def _gamma(self, shape):
    if shape == 1:
        return self.standard_exponential()
    if shape == 0:
        return 0.0
    if shape < 1:
        while True:
            u, v = self.random(), self.standard_exponential()
            if u <= 1.0 - shape:
                x = u ** (1.0 / shape)
                if x <= v:
                    return x
            else:
                y = -math.log((1 - u) / shape)
                x = (1.0 - shape + shape * y) ** (1.0 / shape)
                if x <= v + y:
                    return x
    b = shape - 1 / 3.0
    c = 1.0 / math.sqrt(9 * b)
    while True:
        x = self.standard_normal()
        v = 1.0 + c * x
        if v <= 0:
            continue
        v = v * v * v
        u = self.random()
        if u < 1.0 - 0.0331 * (x * x) * (x * x) or math.log(u) < 0.5 * x * x + b * (1.0 - v + math.log(v)):
            return b * v


def standard_gamma(self, shape, size=None):
    return _drawn(lambda: float(_gamma(self, shape)), size)


def gamma(self, shape, scale=1.0, size=None):
    if np.ndim(shape) or np.ndim(scale):
        return _each(gamma, self, (shape, scale), size)
    return _drawn(lambda: float(scale * _gamma(self, shape)), size)


def chisquare(self, df, size=None):
    return _drawn(lambda: float(2.0 * _gamma(self, df / 2.0)), size)


def standard_t(self, df, size=None):
    def draw():
        x = self.standard_normal()
        return math.sqrt(df / 2) * x / math.sqrt(_gamma(self, df / 2))

    return _drawn(draw, size)


def beta(self, a, b, size=None):
    if np.ndim(a) or np.ndim(b):
        return _each(beta, self, (a, b), size)
    def draw():
        if a <= 1 and b <= 1:
            while True:
                u, v = self.random(), self.random()
                u, v = u ** (1.0 / a), v ** (1.0 / b)
                if 0 < u + v <= 1.0:
                    return float(u / (u + v))
        x = _gamma(self, a)
        return float(x / (x + _gamma(self, b)))

    return _drawn(draw, size)


def dirichlet(self, alpha, size=None):
    def draw():
        parts = [_gamma(self, a) for a in np.asarray(alpha, float).tolist()]
        total = 0.0
        for part in parts:
            total += part
        return [part * (1 / total) for part in parts]

    return np.array(draw()) if size is None else np.array([draw() for _ in range(size)])


def multinomial(self, n, pvals, size=None):
    if any([not 0 <= p <= 1 for p in pvals]):
        raise ValueError("pvals < 0, pvals > 1 or pvals contains NaNs")
    if sum(list(pvals)[:-1]) > 1 + 1e-12:
        raise ValueError("sum(pvals[:-1]) > 1.0")

    def draw():
        counts, left, rest = [0] * len(pvals), n, 1.0
        for i, p in enumerate(list(pvals)[:-1]):
            counts[i] = int(self.binomial(left, p / rest))
            left -= counts[i]
            if left <= 0:
                break
            rest -= p
        counts[-1] += max(left, 0)
        return counts

    return np.array(draw()) if size is None else np.array([draw() for _ in range(size)])


def multivariate_normal(self, mean, cov, size=None, method="svd"):
    mean = np.asarray(mean, float)
    shape = () if size is None else (size,) if isinstance(size, int) else tuple(size)
    x = self.standard_normal((*shape, len(mean))).reshape(-1, len(mean))
    u, s, v = np.linalg.svd(np.asarray(cov, float))
    factor = (u * np.sqrt(s)).T if _is_new(self) else np.sqrt(s)[:, None] * v
    return (x @ factor + mean).reshape(*shape, len(mean))
