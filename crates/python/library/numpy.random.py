"""Distributions of NumPy's older interface, from the same stream of numbers."""

import math

import numpy as np
from numpy import random as _random


def _drawn(draw, size):
    if size is None:
        return draw()
    shape = (size,) if isinstance(size, int) else tuple(size)
    return np.array([draw() for _ in range(math.prod(shape))]).reshape(shape)


def _exponential():
    return -math.log(1.0 - _random.random_sample())


def standard_exponential(size=None):
    return _random.exponential(1.0, size)


def laplace(loc=0.0, scale=1.0, size=None):
    def draw():
        u = _random.random_sample()
        while u <= 0:
            u = _random.random_sample()
        return loc - scale * math.log(2.0 - u - u) if u >= 0.5 else loc + scale * math.log(u + u)

    return _drawn(draw, size)


def lognormal(mean=0.0, sigma=1.0, size=None):
    return np.exp(_random.normal(mean, sigma, size))


def poisson(lam=1.0, size=None):
    if lam >= 10:
        raise NotImplementedError("np.random.poisson with lam >= 10 is not supported here")
    limit = math.exp(-lam)

    def draw():
        count, product = 0, _random.random_sample()
        while product > limit:
            count += 1
            product *= _random.random_sample()
        return count

    return _drawn(draw, size)


def _gamma(shape):
    if shape == 1:
        return _exponential()
    if shape < 1:
        while True:
            u, v = _random.random_sample(), _exponential()
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
        x = _random.standard_normal()
        v = 1.0 + c * x
        if v <= 0:
            continue
        v = v * v * v
        u = _random.random_sample()
        if u < 1.0 - 0.0331 * (x * x) * (x * x) or math.log(u) < 0.5 * x * x + b * (1.0 - v + math.log(v)):
            return b * v


def standard_gamma(shape, size=None):
    return _drawn(lambda: float(_gamma(shape)), size)


def gamma(shape, scale=1.0, size=None):
    return _drawn(lambda: float(scale * _gamma(shape)), size)


def chisquare(df, size=None):
    return _drawn(lambda: float(2.0 * _gamma(df / 2.0)), size)


def beta(a, b, size=None):
    def draw():
        if a <= 1 and b <= 1:
            while True:
                u, v = _random.random_sample() ** (1.0 / a), _random.random_sample() ** (1.0 / b)
                if 0 < u + v <= 1.0:
                    return float(u / (u + v))
        x = _gamma(a)
        return float(x / (x + _gamma(b)))

    return _drawn(draw, size)


def multivariate_normal(mean, cov, size=None):
    mean = np.asarray(mean, float)
    shape = () if size is None else (size,) if isinstance(size, int) else tuple(size)
    x = _random.standard_normal((*shape, len(mean))).reshape(-1, len(mean))
    _, s, v = np.linalg.svd(np.asarray(cov, float))
    return (x @ (np.sqrt(s)[:, None] * v) + mean).reshape(*shape, len(mean))
