# Counting words and shaping tables.
text = """It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness"""
words = [w.strip(".,").lower() for w in text.split()]
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
for w, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
    print(f"{w:<8}|{'#' * n:<6}|{n:>3}")
print(len(words), len(set(words)), max(words, key=len), " ".join(words[:4]).title())
print({n: sorted(w for w, c in counts.items() if c == n) for n in sorted(set(counts.values()))})
table = [("name", "qty", "price"), ("apple", 3, 1.5), ("kiwi", 12, 0.25)]
widths = [max(len(str(row[i])) for row in table) for i in range(3)]
for row in table:
    print(" | ".join(str(cell).ljust(w) for cell, w in zip(row, widths)).rstrip())
print("\n".join(line[::-1] for line in text.splitlines()))


def caesar(s, k):
    shift = lambda c, base: chr((ord(c) - base + k) % 26 + base)
    return "".join(shift(c, 97) if c.islower() else shift(c, 65) if c.isupper() else c for c in s)


secret = caesar("Hello, World", 3)
print(secret, caesar(secret, -3), "racecar" == "racecar"[::-1], "".join(dict.fromkeys("mississippi")))
