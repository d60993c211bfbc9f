# Primes, factors, and what follows from them.


def sieve(n):
    flags = [True] * (n + 1)
    flags[:2] = [False, False]
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = [False] * len(flags[i * i :: i])
    return [i for i, prime in enumerate(flags) if prime]


def factors(n):
    d = 2
    while d * d <= n:
        while n % d == 0:
            yield d
            n //= d
        d += 1
    if n > 1:
        yield n


print(sieve(60), len(sieve(1000)))
for n in (12, 97, 360, 1001, 2**20 + 1):
    print(n, "=", " * ".join(map(str, factors(n))))
perfect = [n for n in range(2, 500) if sum(d for d in range(1, n) if n % d == 0) == n]
print(perfect, pow(7, 10**18, 13), 561 in sieve(600), (2**31 - 1) % 7)
