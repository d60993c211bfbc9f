"""Distributions of NumPy's older interface, from its own stream of numbers."""

from functools import partial

from numpy import random as _random
from numpy.random import _methods

beta = partial(_methods.beta, _random)
chisquare = partial(_methods.chisquare, _random)
dirichlet = partial(_methods.dirichlet, _random)
gamma = partial(_methods.gamma, _random)
geometric = partial(_methods.geometric, _random)
gumbel = partial(_methods.gumbel, _random)
laplace = partial(_methods.laplace, _random)
logistic = partial(_methods.logistic, _random)
lognormal = partial(_methods.lognormal, _random)
multinomial = partial(_methods.multinomial, _random)
multivariate_normal = partial(_methods.multivariate_normal, _random)
pareto = partial(_methods.pareto, _random)
poisson = partial(_methods.poisson, _random)
rayleigh = partial(_methods.rayleigh, _random)
standard_gamma = partial(_methods.standard_gamma, _random)
standard_t = partial(_methods.standard_t, _random)
triangular = partial(_methods.triangular, _random)
weibull = partial(_methods.weibull, _random)
