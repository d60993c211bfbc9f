def t(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(t(int, "x"), t(lambda: 1 / 0), t(lambda: [][0]), t(lambda: {}["k"]), t(lambda: undefined), t(lambda: None.x), t(lambda: "a" + 1), t(lambda: 1 + "a"), t(len, 3), t(lambda: [1, 2, 3].remove(9)), t(lambda: int([])), t(lambda: float("q")))
print(t(lambda: "abc".index("z")), t(lambda: (1, 2)[5]), t(lambda: {}.pop("a")), t(lambda: [].pop()), t(lambda: set().pop()), t(lambda: {}.popitem()), t(lambda: chr(-1)), t(lambda: ord("ab")), t(lambda: "a" * "b"), t(lambda: -"a"), t(lambda: [1] + (2,)), t(lambda: 5()), t(lambda: 5[0]), t(lambda: range(1, 2, 0)), t(lambda: [1, 2][::0]), t(lambda: max([])), t(lambda: sorted([1, "a"])), t(lambda: {[]: 1}), t(lambda: {{}: 1}), t(lambda: hash([])), t(lambda: iter(5)), t(lambda: next(5)), t(lambda: next(iter([]))), t(lambda: 1 < "a"), t(lambda: "a" in 5), t(lambda: 5 in "abc"), t(lambda: 1 % 0), t(lambda: 1 // 0), t(lambda: 1.0 // 0), t(lambda: 1.0 % 0), t(lambda: 0 ** -1), t(lambda: 2 << -1), t(lambda: int("9" * 5000)), t(lambda: round("x")), t(lambda: abs("x")), t(lambda: sum([1, "a"])), t(lambda: sum(5)), t(lambda: dict([1])), t(lambda: dict([(1, 2, 3)])), t(lambda: "%d" % "x"), t(lambda: "%s %s" % 1), t(lambda: "%s" % (1, 2)), t(lambda: "{} {}".format(1)), t(lambda: "{a}".format()), t(lambda: format(1, "q")), t(lambda: format("a", "d")), t(lambda: ",".join([1])), t(lambda: 1e400 if False else int(float("inf"))), t(lambda: int(float("nan"))), t(lambda: 10.0 ** 400), t(lambda: 10 ** 400 * 1.0), t(lambda: isinstance(1, 1)), t(lambda: setattr(5, "a", 1)), t(lambda: (1).foo), t(lambda: print.foo), t(lambda: type.foo), t(lambda: zip([1], 5)), t(lambda: enumerate(5)), t(lambda: map(abs)), t(lambda: list(5)), t(lambda: tuple(5)), t(lambda: [*5]), t(lambda: print(*5)), t(lambda: print(**5)), t(lambda: str.upper(5)) if False else 0)
log = []
def order():
    try:
        log.append("try")
        raise ValueError("v")
    except (TypeError, ValueError) as e:
        log.append(f"except {e}")
        try:
            raise KeyError("inner")
        except KeyError:
            log.append("inner")
        finally:
            log.append("inner finally")
    else:
        log.append("else")
    finally:
        log.append("finally")
    log.append("end")
order(); print(log)
def nested():
    for i in range(3):
        try:
            if i == 0: continue
            if i == 2: break
            print("body", i)
        finally:
            print("fin", i)
    else:
        print("no else")
    return "done"
print(nested())
def ret_order():
    try:
        try: return "a"
        finally: print("f1")
    finally: print("f2")
print(ret_order())
def override():
    try: return 1
    finally: return 2
print(override())
def swallow():
    while True:
        try: raise ValueError
        finally: break
    return "swallowed"
print(swallow())
try:
    try: raise ValueError("first")
    except ValueError as e: raise RuntimeError("second") from e
except RuntimeError as e: print(e, repr(e.__cause__), e.__context__ is e.__cause__)
try:
    try: raise ValueError("first")
    except ValueError: raise RuntimeError("second")
except RuntimeError as e: print(e.__cause__, repr(e.__context__))
try:
    try: 1 / 0
    except ZeroDivisionError: raise
except ArithmeticError as e: print("reraised", e)
try:
    try: [][1]
    except KeyError: print("no")
    finally: print("cleanup")
except LookupError as e: print("outer", e)
class A(Exception): pass
class B(A): pass
for c in (A, B, Exception):
    try: raise c("x")
    except B: print("B")
    except A: print("A")
    except: print("bare")
try: raise A
except A as e: print(repr(e), e.args, str(e) == "")
try: raise A(1, 2)
except A as e: print(e, repr(e), e.args)
try: assert False, "msg %d" % 3
except AssertionError as e: print(e)
try: assert []
except AssertionError as e: print(repr(e))
def gen():
    try:
        yield 1
        raise ValueError("in gen")
    finally: print("gen fin")
try:
    for x in gen(): print(x)
except ValueError as e: print("caught", e)
def reraise_later():
    saved = None
    try: int("z")
    except ValueError as e: saved = e
    return saved
print(repr(reraise_later()))
try: e
except NameError as err: print(err)
print(KeyError("k"), repr(KeyError("k")), ValueError(), repr(ValueError("a", 2)), isinstance(KeyError(), LookupError), issubclass(ZeroDivisionError, ArithmeticError), StopIteration(5).value)
try: raise SystemExit(3)
except SystemExit as e: print("exit", e.code)
def deep(n):
    if n == 0: raise ValueError("deep")
    deep(n - 1)
try: deep(50)
except ValueError as e: print(e)
def infinite(): infinite()
try: infinite()
except RecursionError as e: print(e)
print("end")
