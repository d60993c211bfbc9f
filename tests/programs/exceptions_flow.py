# try, except, else and finally in all orders.


def run(action):
    print("start", end=" ")
    try:
        result = action()
    except (ZeroDivisionError, KeyError) as e:
        print("handled", type(e).__name__, e, end=" ")
        return "from except"
    except Exception:
        print("other", end=" ")
        raise
    else:
        print("fine", end=" ")
        return result
    finally:
        print("finally")


print(run(lambda: 1))
print(run(lambda: 1 / 0))
print(run(lambda: {}["k"]))
try:
    run(lambda: int("x"))
except ValueError as e:
    print("outside:", e)


def overrides():
    try:
        return "try"
    finally:
        return "finally"


def swallows():
    for i in range(3):
        try:
            1 / 0
        finally:
            break
    return "left with break"


def counts():
    log = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(i)
        finally:
            log.append("f")
    else:
        log.append("else")
    return log


print(overrides(), swallows(), counts())


def nested():
    try:
        try:
            raise ValueError("inner")
        finally:
            print("cleanup 1")
    except ValueError as e:
        print("outer got", e)
        try:
            raise KeyError("in handler")
        except KeyError as k:
            print(repr(k), "during", repr(k.__context__))
    print("e" in dir(), end="\n")


nested()
try:
    raise ValueError("a") from TypeError("b")
except ValueError as e:
    print(repr(e.__cause__), e.__suppress_context__, e.__context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise RuntimeError("replaced") from None
except RuntimeError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)


def value():
    x = 1
    try:
        return x
    finally:
        x = 2


print(value())
try:
    assert 1 == 2, "numbers differ"
except AssertionError as e:
    print("assertion:", e)
try:
    assert []
except AssertionError as e:
    print("assertion:", repr(e))
