import numpy as np

for seed in [0, 42, 2**40 + 3, [1, 2, 3]]:
    g = np.random.default_rng(seed)
    print(g.random(), g.random(3), g.integers(10), g.integers(0, 5, 4), g.integers(3, size=(2, 2), endpoint=True), g.integers(2**40, size=2))
    print(g.normal(), g.normal(2, 3, 4), g.standard_normal((2, 2)), g.uniform(-1, 1, 3), g.normal([0.0, 10.0], 1.0))
    print(g.choice(5), g.choice([10, 20, 30], 4), g.choice(20, 5, replace=False), g.choice(5, 3, p=[0.1, 0.2, 0.3, 0.2, 0.2]))
    print(g.choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.2, 0.2]), g.choice(20000, 3, replace=False), g.choice(20000, 2000, replace=False).sum())
    print(g.permutation(6), g.permutation(np.arange(6).reshape(3, 2)), g.binomial(10, 0.3, 5))
    a = np.arange(8)
    g.shuffle(a)
    print(a, g.standard_normal(1000).sum(), g.integers(0, 7, 1000).sum())
r = np.random.RandomState(3)
print(r, r.rand(2), r.randn(2), r.randint(0, 100, 3), r.choice(4, 2, replace=False), r.uniform(size=2), r.exponential(2.0, 2))
print(r.choice(3, 5, p=[0.2, 0.3, 0.5]), r.permutation(4), r.binomial(10, 0.6, 4), r.random_sample())
np.random.seed([1, 2])
print(np.random.rand(), np.random.choice(["a", "b"] and 5), np.random.normal(1, 2))

# Slices that go backward.
a = np.arange(10)
a[::-1] = np.arange(10) * 2
a[7:2:-2] = [1, 2, 3]
print(a, a[::-3])
b = np.zeros((3, 4))
b[::-1, 1::2] = np.arange(6).reshape(3, 2)
b[0, ::-1] = [1, 2, 3, 4]
b[2:0:-1, ::-2] += 1
b[..., ::-1] = b * 1.0
print(b)
