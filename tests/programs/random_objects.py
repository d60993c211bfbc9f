import random

for seed in [0, 42, 12345678901234567890123, "hello", 2.5, -7, True]:
    random.seed(seed)
    print([random.random() for _ in range(3)], random.uniform(2, 5), random.randint(1, 6), random.randrange(0, 100, 7))
    print(random.choice("abcdef"), random.choices([1, 2, 3], weights=[1, 2, 3], k=5), random.choices("xyz", k=3))
    x = list(range(10))
    random.shuffle(x)
    print(x, random.sample(range(100), 5), random.sample([1, 2, 3, 4], 3), random.sample("ab", counts=[2, 3], k=4))
    print(random.gauss(0, 1), random.gauss(1, 2), random.normalvariate(0, 1), random.expovariate(1.5), random.getrandbits(40))
    print(random.triangular(0, 10, 3), random.lognormvariate(0, 1))
r = random.Random(5)
state = r.getstate()
first = [r.random(), r.randint(0, 9), r.gauss(0, 1)]
r.setstate(state)
print(first == [r.random(), r.randint(0, 9), r.gauss(0, 1)], random.Random("x").random())
