# Literals, alternatives, guards, captures and the wildcard.


def describe(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -1 | -2.5:
            return "negative"
        case "yes" | "no" as answer:
            return f"answer {answer}"
        case True:
            return "true"
        case None:
            return "nothing"
        case int(n) if n % 2 == 0:
            return f"even {n}"
        case int() | float():
            return "number"
        case str(text):
            return f"text of {len(text)}"
        case _:
            return "something else"


for x in [0, 2, -1, -2.5, "yes", "maybe", True, None, 10, 11, 2.5, [1], False]:
    print(repr(x), "->", describe(x))

x = 5
match (1, 2):
    case (x, 3):
        print("no")
    case (1, y):
        print("x is still", x, "and y is", y)
match 3:
    case 4:
        print("never")
print("past it")
