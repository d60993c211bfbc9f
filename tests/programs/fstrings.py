x, n, name = 3.14159265, 42, "torch"
print(f"{x} {x:.2f} {x:8.3f}| {x:<8.1f}| {x:^9.2f}| {x:+.1f} {-x:.0f}")
print(f"{n} {n:5d}| {n:<5}| {n:05d} {n:x} {n:#b} {n:o} {1234567:,} {n:+d} {n:e}")
print(f"{name}|{name:>8}|{name:<8}|{name:^9}|{name:*^9}|{name!r}|{name:.2}")
print(f"{1e-7} {1e16} {123456789.0:g} {0.00001234:g} {2/3:.3e} {0.875:.1%} {1/3:.0%}")
width, digits = 10, 3
print(f"{x:{width}.{digits}f}| {x!s:>12}")
print(f"{n=} {x = :.2f} {{braces}} {'nested ' + name} {[i * i for i in range(3)]}")
print(f"{True} {None} {(1, 2.0)} {-0.0} {float('inf')} {float('nan'):.2f} {float('-inf'):8}|")
print("{} {:>6.2f} {1!r}".replace("{1!r}", "{}").format("a", 2.5, [1]), "%d of %.1f %s" % (3, 2.25, "x"))
