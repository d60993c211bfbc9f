# Sequences of fixed and of any length, nested, with a star.


def shape(x):
    match x:
        case []:
            return "empty"
        case [one]:
            return f"one: {one}"
        case [0, *rest]:
            return f"zero, then {rest}"
        case (first, _, last):
            return f"three from {first} to {last}"
        case [[a, b], [c, d]]:
            return f"matrix {a} {b} {c} {d}"
        case [first, *_, ("end" | "stop") as word]:
            return f"{first} until {word}"
        case [first, *middle, last]:
            return f"{first} .. {middle} .. {last}"
        case _:
            return "no sequence"


for x in ([], (7,), [0, 1, 2], (1, 2, 3), [[1, 2], [3, 4]], [1, 2, 3, "end"], range(4), "text", {1, 2}, {}, [0]):
    print(x, "->", shape(x))


def command(line):
    match line.split():
        case ["go", ("north" | "south") as where]:
            return f"going {where}"
        case ["take", *things] if things:
            return "taking " + " and ".join(things)
        case ["quit"]:
            return "bye"
        case [verb, *_]:
            return f"cannot {verb}"


for line in ["go north", "go up", "take lamp rope", "take", "quit now", "quit"]:
    print(command(line))
