# str.format, and format().
print("{} {} {}".format(1, "b", 2.5), "{1} {0} {1}".format("a", "b"), "{x} {y!r}".format(x=1, y="q"))


class P:
    def __init__(self):
        self.name = "p"
        self.size = (3, 4)


print("{0.name} {0.size[1]} {1[k]} {2[0]:>4}".format(P(), {"k": "v"}, ["x"]))
print("{:>6}|{:<6}|{:^6}|{:+d}|{:,}".format("a", "b", "c", 5, 10000), "{:{}.{}f}".format(3.14159, 8, 2), "{{}}".format())
print("{0:{width}}|".format("x", width=5), "{!r:>5}".format("q"), "{a[0]}{a[1]}".format(a="xy"), "{:%}".format(0.25))
print(format(3.14159, ".2f"), format(255, "x"), format("s", ">3"), format(1e10), format(None), format([1]))
print("{a} {b}".format_map({"a": 1, "b": 2}))
for template, args in [("{} {}", (1,)), ("{x}", ()), ("{0} {}", (1, 2)), ("{", ()), ("}", ()), ("{0.nope}", (1,)), ("{[5]}", ([1],)), ("{!z}", (1,)), ("{:d}", ("s",))]:
    try:
        print(template.format(*args))
    except Exception as e:
        print(template, "->", type(e).__name__, e)
