# Looking, cutting, joining, replacing.
s = "The quick brown fox"
print(s.upper(), s.lower(), s.title(), s.swapcase(), "hELLO wORLD".capitalize())
print(s.find("quick"), s.find("slow"), s.rfind("o"), s.index("q"), s.count("o"), s.count(""), s.find("o", 13, 18))
print(s.split(), "a,b,,c".split(","), "a b  c ".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1))
print("  x y ".split(None, 1), "".split(), "".split(","), "one\ntwo\r\nthree\n".splitlines(), "a\nb".splitlines(True))
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="))
print("  pad ".strip() + "|", "xxhixx".strip("x"), "xyhix".lstrip("yx"), "hi..!".rstrip("!."))
print("a-b-c".replace("-", "+"), "aaaa".replace("a", "b", 2), "abc".replace("", "-"))
print("-".join("abc"), ", ".join(["x", "y"]), "".join(reversed("stressed")))
print("test.py".endswith(".py"), "test.py".startswith(("a", "te")), "test".startswith("es", 1), "test".endswith(""))
print("test.py".removesuffix(".py"), "test.py".removeprefix("te"), "abc".removeprefix("x"))
print("ab".center(7, "*"), "ab".center(6) + "|", "abc".center(6, "-"), "ab".ljust(5, ".") + "|", "ab".rjust(5), "7".zfill(3), "-7".zfill(4))
print("a\tbc\td".expandtabs(), "a\tb".expandtabs(4), "01\t012\t0123".expandtabs(4))
table = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(table), "hello".translate({ord("l"): "L", ord("h"): None, ord("o"): 48}), table)
print("abc" "def", "x" * 3, "abc"[1], "abc"[-1], "abc"[::-1], "abcdef"[1:5:2], "b" in "abc", "z" not in "abc")
print(max("hello"), sorted("hello"), list("hi"), len("h\u00e9llo"), ord("A"), chr(955), "\u00e9" == "é")
print("a" < "b", "Z" < "a", "abc" < "abd", "ab" < "abc", "10" < "9")
try:
    "abc".index("z")
except ValueError as e:
    print(e)
try:
    "a".join([1, 2])
except TypeError as e:
    print(e)
try:
    "abc"[5]
except IndexError as e:
    print(e)
try:
    "a" + 1
except TypeError as e:
    print(e)
try:
    "abc"[1] = "x"
except TypeError as e:
    print(e)
