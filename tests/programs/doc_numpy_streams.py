# Random numbers: every draw of the reference, from both kinds of streams.
import numpy as np
for stream in (np.random.default_rng(12), np.random.RandomState(12)):
    new = hasattr(stream, 'integers')
    whole = stream.integers if new else stream.randint
    print(stream, stream.random(), stream.random(3), stream.random((2, 2)), whole(2, size=5), whole(5, size=(2, 3)), whole(1, [3, 5, 10]), whole([1, 3, 5, 7], [[10], [20]]), whole(3, 9))
    print(stream.normal(), stream.normal(3, 2.5, size=(2, 2)), stream.normal([0., 100.], [1., 2.]), stream.standard_normal(2), stream.uniform(), stream.uniform(-1, 0, 3), stream.uniform([0., 10.], [1., 20.]), stream.exponential(), stream.exponential(2., 2), stream.exponential([1., 10.]), stream.standard_exponential(2))
    print(stream.binomial(10, 0.5, 5), stream.binomial(100, 0.4, 4), stream.binomial(1000, 0.95), stream.binomial(70, 0.5, (2, 2)), stream.multinomial(20, [1 / 6.] * 6), stream.multinomial(100, [0.2, 0.3, 0.5], size=2), stream.poisson(5, 4), stream.poisson(100., 2), stream.poisson([1., 20., 500.]), stream.geometric(0.35, 4))
    print(stream.choice(5, 3), stream.choice(5, 3, replace=False), stream.choice(5, 3, p=[0.1, 0, 0.3, 0.6, 0]), stream.choice([10, 20, 30], size=(2, 2)), stream.permutation(6), stream.permutation([1, 4, 9]), stream.permutation(np.arange(6).reshape(3, 2)))
    print(stream.gamma(2., 2., 2), stream.gamma([1., 5.], 1.), stream.standard_gamma(0.5, 2), stream.beta(2, 5, 2), stream.beta([1., 0.5], 0.5), stream.chisquare(2, 2), stream.standard_t(10, 2), stream.dirichlet((10, 5, 3)), stream.laplace(0., 1., 2), stream.logistic(10, 1, 2), stream.gumbel(0, 0.1, 2), stream.lognormal(3., 1., 2), stream.rayleigh(3, 2), stream.weibull(5., 2), stream.pareto(3., 2), stream.triangular(-3, 0, 8, 2))
    letters, grid = ['a', 'b', 'c', 'd'], np.arange(9).reshape(3, 3)
    print(stream.shuffle(letters), letters, stream.shuffle(grid), grid)
    if new:
        print(stream.permutation(grid, axis=1), stream.shuffle(grid, axis=1), grid, stream.integers(5, size=4, endpoint=True), stream.choice(grid, 2, axis=1, replace=False), stream.choice(6, 3, replace=False, shuffle=False))
    for wrong in (lambda: stream.normal(0, -1), lambda: stream.binomial(-1, 0.5), lambda: stream.binomial(5, 1.5), lambda: stream.poisson(-1), lambda: stream.choice(3, 5, replace=False), lambda: stream.choice([1, 2], p=[0.5, 0.6]), lambda: stream.multinomial(5, [0.8, 0.8, 0.1]), lambda: stream.multinomial(5, [1.5, 0.5]), lambda: stream.geometric(0), lambda: whole(3, 3), lambda: whole([3, 5], 4)):
        try:
            print(wrong())
        except Exception as error:
            print(type(error).__name__, error)
np.random.seed(3)
print(np.random.rand(2), np.random.randn(2), np.random.rand(1, 2), np.random.randint(0, 10, 3), np.random.random_sample(2), np.random.ranf(), np.random.sample(1), np.random.choice(['x', 'y', 'z']), np.random.uniform(size=2), np.random.binomial(200, 0.5), np.random.multinomial(90, [1 / 3, 2 / 3]))
