# What print shows for everything.
print()
print(None, True, 1, 1.0, "s", sep="|")
print([None, True, 1, 1.0, "s", [], (), {}, set(), (1,), {1: 2}, {1}, "it's"])
print({"a": [1, {"b": (1, 2)}], 1: None, (1, 2): 3.5, None: "x"})
print(print, len, int, ValueError, type, object, range, [].append.__name__, "a".upper.__name__, print.__name__)
print(int.__name__, ValueError.__name__, type(3).__name__, (lambda: 0).__name__, max.__name__)


class A:
    pass


class B:
    def __repr__(self):
        return "<b>"


class C:
    def __str__(self):
        return "c-str"

    def __repr__(self):
        return "c-repr"


def f():
    pass


print(A, B(), [B()], C(), [C()], {C(): C()}, str(C()), f"{C()} {C()!r}", (C(),))
print(str(A()).startswith("<__main__.A object at 0x"), repr(f).startswith("<function f at 0x"), repr(A().__init__).startswith("<method-wrapper") or True)
print("a\nb", ["a\nb"], "tab\t|", "\\", ["\\"], "é", ["é", "\u200b"])
print(1e5, 1e-5, 123456789.123456789, 1e15, 1e16, 2**0.5, 100.0, -0.0, [1e20, 1e-20], 3.0e-7)
print("no newline", end="")
print(" then", "more", sep="...", end="\n\n")
print("x", "y", sep="\n")
print(*"abc", sep=", ")
print(*[], sep=",")
print("é ü ß 你好 🎉", len("🎉"))
print(ValueError("a", 1), ValueError(), [ValueError("x")], KeyError("k"), Exception("e").args)
print(slice(1, 2), Ellipsis, NotImplemented, ..., range(3), b"bytes", frozenset([1]), type(None), 10**25, True + 1)
import sys
print("to stdout", file=sys.stdout, flush=True)
print("to stderr", file=sys.stderr)
sys.stdout.write("written\n")
