# Every part of a format specification, for numbers.
n, x = 1234567, 1234.56789
for spec in ["d", "5", "<10", ">10", "^10", "*^11", "+", "-", " ", ",", "_", "010", "+,d", "b", "o", "x", "X", "#b", "#o", "#x", "#X", "c", "e", ".2f", "=+12", "0=12", "_b", "_x", "#_x", "n", "%", "g", "015,d", "x>12,"]:
    value = 42 if spec in ("c",) else n
    print(f"{spec:>6} [{value:{spec}}] [{-42 if spec != 'c' else 65:{spec}}]")
for spec in ["", "f", ".0f", ".3f", "10.2f", "<10.1f", "^+12.2f", "e", ".3e", "E", "g", ".3g", ".10g", "G", "%", ".1%", ",.2f", "_.1f", "012.3f", "+.1f", " .1f", "#.0f", ".0e", "#g", ".4", "12", ",", "z.1f"]:
    print(f"{spec:>7} [{x:{spec}}] [{-0.00012345:{spec}}] [{1e20:{spec}}]")
for value in [float("inf"), float("-inf"), float("nan")]:
    print(f"{value} {value:8.2f} {value:+} {value:08.1f} {value:e} {value:G} {value:<8}|")
print(f"{True} {True:d} {True:5} {False:.1f} {10**30:,} {-(2**70):x} {0:x} {0.0:g} {1e-7} {123456789.0} {1e16} {0.1 + 0.2}")
for bad in ["q", ".2d", ",x", "s", "+c"]:
    try:
        print(format(5, bad))
    except ValueError as e:
        print(bad, "->", e)
for bad in ["d", "x", "s", ",,"]:
    try:
        print(format(5.0, bad))
    except ValueError as e:
        print(bad, "->", e)
