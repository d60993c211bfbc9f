import random
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.uniform(-1, 1), random.gauss(0, 1), random.gauss(0, 1), random.randrange(0, 100, 7))
l = list(range(10)); random.shuffle(l); print(l, random.sample(range(100), 5), random.choices([1, 2, 3], k=4), random.choices("ab", weights=[1, 3], k=5), random.getrandbits(40), random.normalvariate(1, 2), random.expovariate(2.0))
random.seed(12345678901234); print(random.random(), random.sample(list(range(1000)), 3), random.randint(-10**12, 10**12))
random.seed(-5); print(random.random())
