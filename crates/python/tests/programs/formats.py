values = [0.0, -0.0, 1.0, 3.14159, -2.5, 1e16, 1e-5, 123456789.123456789, 1e100, 5e-324, float("inf"), float("nan"), 0.5, 1.5, 2.5, 1234.5, 99999.95, 0.000123456]
specs = ["", ".0f", ".2f", ".3e", ".4g", "g", "e", "f", "10.3f", "<10.2f", "^12.1f", ">+12.3f", "+.2f", " .2f", "010.2f", ",.2f", "_.3f", "15,.1f", "015,.1f", ".0%", ".2%", "#.0f", "#g", ".3", ".1", ".17g", "E", "G", "n", "*^20.4f", "=+10.1f", "8", "08", ".10", "z.0f", "%", ".0e"]
for s in specs:
    for v in values:
        print(s, format(v, s), end="|")
    print()
ints = [0, 1, -1, 42, -255, 10**6, 123456789012345678901234567890, True]
for s in ["", "d", "5d", "<8d", "^9d", "+d", " d", "08d", ",", "_", "x", "X", "#x", "#b", "o", "#o", "b", "_b", "_x", "20,", "020,", "e", ".2f", "%", "c" if False else "n", "g", "#010x", "*>15,d", "=+10d", ".3e", "08,d", "09,d", "010,d"]:
    for v in ints:
        print(s, format(v, s), end="|")
    print()
for s in ["", "10", "<10", ">10", "^10", ".2", "*^9.3", "s", "010", "-<6"]:
    print(s, [format(t, s) for t in ["", "a", "hello", "日本語"]])
print("%5.2f|%-8d|%+d|%x|%o|%e|%g|%r|%s|%c|%%|%05d|% d|%#x|%.3s|%10s|%-10s|" % (3.14159, 42, 7, 255, 8, 12345.678, 0.0001, "q", [1], "z", 42, 5, 255, "abcdef", "r", "l"))
print("%(a)s and %(b)05.1f" % {"a": 1, "b": 2.25}, "%s" % ((1, 2),), "%*d" % (6, 42), "%.*f" % (2, 3.14159), "%i %u" % (3.9, 4))
print("{} {} {}".format(1, "a", [2]), "{0}{1}{0}".format("x", "y"), "{a}{b}".format(a=1, b=2), "{:>{w}.{p}f}".format(3.14159, w=10, p=2))
print("{0[1]} {1.real} {2[k]}".format([1, 2], 3, {"k": "v"}), "{{}}".format(), "{!r:>8}".format("s"), "{:%}".format(0.5))
x = 3.5
name = "world"
w = 12
print(f"{x=} {x = } {x=:.3f} {name!r} {name!s:>10} {name:^{w}} {{x}} {x:{w}.{2}f} {'nested ' + f'{name}'}")
print(f"{1 + 1} {[i for i in range(3)]} {'a' if x > 3 else 'b'} {(lambda q: q * 2)(4)} {x:,} {1_000_000:_} {1e6:,.0f} {'tab'!r}")
print(repr(1e22), repr(1e21), 1e15, 123456789012345.6, 1.0, 100.0, 1e-4, 0.00001, 1/3, 2/3, 1e308 * 10, -1e308 * 10)
print(round(0.5), round(1.5), round(-0.5), round(2.675, 2), round(1234.5678, -2), round(1e20), round(0.15, 1), round(25, -1), round(35, -1), round(-15, -1), round(1.25, 1), round(1250.0, -2), round(5.0, -1), round(15.0, -1))
print(str(True), repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\t nl\n \x00 \x7f é \u200b"), ascii("é日"))
print("a".ljust(5, ".") + "|", "a".rjust(5) + "|", "ab".center(5, "*"), "abc".center(6, "*"), "42".zfill(5), "-42".zfill(5), "a\tb".expandtabs(4))
