# with, nested and failing.


class Managed:
    log = []

    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        self.log.append(f"+{self.name}")
        return self

    def __exit__(self, kind, error, trace):
        self.log.append(f"-{self.name}" + (f"({kind.__name__}: {error})" if kind else ""))
        return self.swallow


with Managed("a") as a, Managed("b") as b:
    Managed.log.append(a.name + b.name)
with (
    Managed("c", swallow=True),
    Managed("d"),
):
    raise ValueError("inside")
print(Managed.log)
Managed.log.clear()


def early():
    with Managed("e"):
        return "returned"


def loop():
    for i in range(3):
        with Managed(i):
            if i == 1:
                break
    return i


print(early(), loop(), Managed.log)
try:
    with Managed("f"):
        raise KeyError("k")
except KeyError:
    print(Managed.log[-1])


class Half:
    def __enter__(self):
        return 1


for thing in (Half(), 5):
    try:
        with thing:
            pass
    except TypeError as e:
        print(e)


class Bad:
    def __enter__(self):
        raise RuntimeError("cannot enter")

    def __exit__(self, *args):
        print("never called")


try:
    with Bad():
        print("never here")
except RuntimeError as e:
    print(e)
