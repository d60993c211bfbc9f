# contextlib
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as e:
        print("caught", e)
    finally:
        print(f"</{name}>")


with tag("b") as t:
    print(t)
with tag("i"):
    raise ValueError("inside")
try:
    with tag("u"):
        raise KeyError("through")
except KeyError as e:
    print("outside", e)
with suppress(ZeroDivisionError, KeyError):
    1 / 0
print("after")
with nullcontext(5) as n, tag("x") as x:
    print(n, x)


@tag("call")
def work(a):
    return a * 2


print(work(4))


class Thing:
    def close(self):
        print("closed")


with closing(Thing()):
    print("using")
with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "ab"]
    stack.callback(print, "callback")
    print(names)


@contextmanager
def broken():
    return
    yield


try:
    with broken():
        pass
except RuntimeError as e:
    print(e)
