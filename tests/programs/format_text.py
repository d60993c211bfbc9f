# Format specifications for texts and other objects.
print(f"[{'ab':5}] [{'ab':>5}] [{'ab':^5}] [{'ab':*<5}] [{'abcdef':.3}] [{'abcdef':>6.2}] [{'ab':05}] [{'ab':s}]")
width, precision, value = 10, 3, 3.14159265
print(f"[{value:{width}.{precision}f}] [{value:>{width}}] [{value:{'<' if width > 5 else '>'}{width}}] [{'x':{'*'}^{5}}]")
name, items = "world", [1, 2, 3]
print(f"{name!r} {name!s:>8} {name!a} {items} {items!r:>12} {len(items)} {items[0]} {name.upper()}")
print(f"{value=} {value=:.2f} {name=} {name = } {name=!s} {len(items)=} {1 + 1 = }")
print(f"{{literal}} {{{name}}} {'nested ' + f'{name!r}'} {'a' if items else 'b'} {[i * 2 for i in items]} {(lambda v: v + 1)(2)}")
print(f"{'multi'}" f"-{'part'}" "-plain {not}" rf"\n{name}")
print(f"{None} {None!s:>6} {(1, 2)} {({'a': 1})} { {'k': 'v'}['k'] } {items[-1]:03d}")
print(
    f"""triple {name}
    {value:.1f}"""
)
d = {"key": "v", "n": 5}
print(f"{d['key']} {d['n']:>4}")
for bad in ["d", "+", "=5", "5,"]:
    try:
        print(format("x", bad))
    except ValueError as e:
        print(bad, "->", e)
try:
    f"{[1]:5}"
except TypeError as e:
    print(e)
