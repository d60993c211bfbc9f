# itertools
import itertools as it
from itertools import accumulate, chain, combinations, count, cycle, groupby, islice, permutations, product, repeat, zip_longest

print(list(islice(count(5, 2), 4)), list(islice(cycle("ab"), 5)), list(repeat(7, 3)), list(islice(count(), 2, 8, 3)), list(islice("abcdef", 2)), list(islice("abcdef", 3, None)))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], initial=10)), list(accumulate([2, 3, 4], lambda a, b: a * b)), list(accumulate([])))
print(list(chain("ab", [1, 2])), list(chain.from_iterable([[1], [2, 3]])), list(it.compress("abcd", [1, 0, 1, 0])), list(it.dropwhile(lambda x: x < 3, [1, 3, 2])), list(it.takewhile(lambda x: x < 3, [1, 3, 2])))
print(list(it.filterfalse(lambda x: x % 2, range(6))), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.pairwise("abcd")), list(zip_longest("ab", [1, 2, 3], fillvalue="-")), list(zip_longest([1], [2])))
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(permutations("abc", 2)), len(list(permutations(range(4)))), list(permutations([1, 2])))
print(list(combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)), list(combinations([1, 2], 3)), list(product()), ["".join(p) for p in product("xy", repeat=3)])
for key, group in groupby("aaabbc"):
    print(key, list(group), end="; ")
print()
words = sorted(["apple", "bob", "cat", "alice"], key=lambda w: w[0])
print({k: list(g) for k, g in groupby(words, key=lambda w: w[0])}, [(k, len(list(g))) for k, g in groupby([1, 1, 2])])
a, b = it.tee([1, 2, 3])
print(next(a), list(b), list(a), list(zip(count(1), "ab")), dict(zip("ab", repeat(0))), sum(islice(count(1), 100)))
print([x for x, _ in zip(cycle([1, 2]), range(5))], list(it.islice((n for n in count() if n % 7 == 0), 3)), next(count(10)), list(map(lambda x, y: x + y, count(), [10, 20])))
