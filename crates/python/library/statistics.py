"""Means and spreads, exact inside and rounded once."""

from math import isqrt as _isqrt
from math import log as _log
from math import exp as _exp


class StatisticsError(ValueError):
    __module__ = "statistics"


def _total(values):
    top, bottom = 0, 1
    for x in values:
        n, d = x.as_integer_ratio()
        top, bottom = top * d + n * bottom, bottom * d
    return top, bottom


def _known(data, least=1, what="mean"):
    data = list(data)
    if len(data) < least:
        if least == 1:
            raise StatisticsError(f"{what} requires at least one data point")
        raise StatisticsError(f"{what} requires at least two data points")
    return data


def _number(top, bottom, data):
    whole = all(isinstance(x, int) for x in data)
    return top // bottom if whole and top % bottom == 0 else top / bottom


def mean(data):
    data = _known(data)
    top, bottom = _total(data)
    return _number(top, bottom * len(data), data)


def fmean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("fmean requires at least one data point")
    if weights is None:
        top, bottom = _total(data)
        return top / (bottom * len(data))
    weights = list(weights)
    return sum(x * w for x, w in zip(data, weights)) / sum(weights)


def geometric_mean(data):
    data = list(map(float, data))
    if not data or min(data) <= 0:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers")
    return _exp(fmean(map(_log, data)))


def harmonic_mean(data, weights=None):
    data = _known(data, 1, "harmonic_mean")
    if min(data) < 0:
        raise StatisticsError("harmonic mean does not support negative values")
    if 0 in data:
        return 0
    top, bottom = 0, 1
    for x in data:
        n, d = x.as_integer_ratio()
        top, bottom = top * n + d * bottom, bottom * n
    return _number(len(data) * bottom, top, data)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.get)


def multimode(data):
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [x for x, count in counts.items() if count == most]


def _squares(data, center=None):
    n = len(data)
    top, bottom = _total(data)
    if center is None:
        mean_top, mean_bottom = top, bottom * n
    else:
        mean_top, mean_bottom = center.as_integer_ratio()
    squares_top, squares_bottom = 0, 1
    for x in data:
        a, b = x.as_integer_ratio()
        d_top, d_bottom = a * mean_bottom - mean_top * b, b * mean_bottom
        squares_top = squares_top * d_bottom**2 + d_top**2 * squares_bottom
        squares_bottom *= d_bottom**2
        if squares_bottom.bit_length() > 4000:
            squares_top, squares_bottom = _reduced(squares_top, squares_bottom)
    return _reduced(squares_top, squares_bottom)


def _reduced(top, bottom):
    a, b = top, bottom
    while b:
        a, b = b, a % b
    return (top // a, bottom // a) if a else (top, bottom)


def _root(top, bottom):
    if top == 0:
        return 0.0
    shift = max(0, 120 - top.bit_length() + bottom.bit_length())
    shift += shift % 2
    scaled = (top << shift) // bottom
    root = _isqrt(scaled)
    exact = root * root == scaled and (scaled * bottom) >> shift == top
    return (root * 2 + (not exact)) / (2 << (shift // 2))


def variance(data, xbar=None):
    data = _known(data, 2, "variance")
    top, bottom = _squares(data, xbar)
    return _number(top, bottom * (len(data) - 1), data)


def pvariance(data, mu=None):
    data = _known(data, 1, "pvariance")
    top, bottom = _squares(data, mu)
    return _number(top, bottom * len(data), data)


def stdev(data, xbar=None):
    data = _known(data, 2, "stdev")
    top, bottom = _squares(data, xbar)
    return _root(top, bottom * (len(data) - 1))


def pstdev(data, mu=None):
    data = _known(data, 1, "pstdev")
    top, bottom = _squares(data, mu)
    return _root(top, bottom * len(data))


def quantiles(data, *, n=4, method="exclusive"):
    data = sorted(_known(data, 2, "quantiles"))
    size = len(data)
    result = []
    for i in range(1, n):
        if method == "inclusive":
            at, rest = divmod(i * (size - 1), n)
            result.append((data[at] * (n - rest) + data[at + 1] * rest) / n)
        else:
            at = min(max(i * (size + 1) // n, 1), size - 1)
            rest = i * (size + 1) - at * n
            result.append((data[at - 1] * (n - rest) + data[at] * rest) / n)
    return result


def covariance(x, y, /):
    n = len(x)
    if n < 2:
        raise StatisticsError("covariance requires at least two data points")
    a, b = sum(x) / n, sum(y) / n
    return sum((p - a) * (q - b) for p, q in zip(x, y)) / (n - 1)


def correlation(x, y, /):
    a, b = sum(x) / len(x), sum(y) / len(y)
    sxy = sum((p - a) * (q - b) for p, q in zip(x, y))
    return sxy / (sum((p - a) ** 2 for p in x) * sum((q - b) ** 2 for q in y)) ** 0.5
