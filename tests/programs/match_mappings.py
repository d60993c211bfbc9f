# Mappings match by some of their keys.


def area(shape):
    match shape:
        case {"kind": "circle", "r": r}:
            return round(3.14159 * r * r, 3)
        case {"kind": "box", "size": [w, h]}:
            return w * h
        case {"kind": "box", "side": (int() | float()) as side, **rest}:
            return side * side, rest
        case {"kind": str(kind), **others}:
            return f"unknown {kind} with {sorted(others)}"
        case {}:
            return "some mapping"
        case _:
            return "no mapping"


print(area({"kind": "circle", "r": 2}))
print(area({"kind": "box", "size": (3, 4)}))
print(area({"kind": "box", "side": 5, "color": "red"}))
print(area({"kind": "line", "b": 1, "a": 2}))
print(area({"r": 1}))
print(area({}))
print(area([1]))

config = {"lr": 0.1, "optim": {"name": "adam", "betas": (0.9, 0.999)}}
match config:
    case {"optim": {"name": "sgd"}}:
        print("sgd")
    case {"lr": lr, "optim": {"name": name, "betas": (b1, b2)}} if lr < 1:
        print(name, lr, b1, b2)
