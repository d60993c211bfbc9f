# Functions that remember.


def make_account(balance):
    history = []

    def deposit(x):
        nonlocal balance
        balance += x
        history.append(("in", x))
        return balance

    def withdraw(x):
        nonlocal balance
        if x > balance:
            raise ValueError("too much")
        balance -= x
        history.append(("out", x))
        return balance

    return {"deposit": deposit, "withdraw": withdraw, "history": lambda: list(history)}


a = make_account(10)
b = make_account(0)
print(a["deposit"](5), a["withdraw"](3), b["deposit"](1), a["history"](), b["history"]())
try:
    b["withdraw"](9)
except ValueError as e:
    print(e)


def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x

    return run


print(compose(lambda x: x + 1, lambda x: x * 2, str)(4), compose()(7))


def curry(f, *args):
    return lambda *more: f(*args, *more)


add3 = lambda a, b, c: a + b + c
print(curry(add3, 1)(2, 3), curry(curry(add3, 1), 2)(3))


def averager():
    total = count = 0

    def add(x):
        nonlocal total, count
        total, count = total + x, count + 1
        return total / count

    return add


avg = averager()
print([avg(x) for x in (10, 20, 30)], [f(2) for f in [lambda x, n=n: x**n for n in range(4)]])
