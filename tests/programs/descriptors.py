# Objects that decide what reading and writing an attribute does.


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("named", name, "in", owner.__name__)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, 0)

    def __set__(self, instance, value):
        if value < 0:
            raise ValueError(f"{self.name[1:]} must not be negative")
        setattr(instance, self.name, value)

    def __delete__(self, instance):
        print("reset", self.name)
        delattr(instance, self.name)


class Account:
    balance = Positive()
    limit = Positive()

    def __init__(self, balance):
        self.balance = balance


a = Account(10)
a.balance += 5
print(a.balance, a.limit, a.__dict__, type(Account.balance).__name__)
try:
    a.balance = -1
except ValueError as e:
    print(e)
del a.balance
print(a.balance)


class cached:
    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        print("computing", self.name)
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Circle:
    def __init__(self, r):
        self.r = r

    @cached
    def area(self):
        return 3 * self.r**2


c = Circle(2)
print(c.area, c.area, c.__dict__)


class Bound:
    def __init__(self, f):
        self.f = f

    def __get__(self, instance, owner):
        return lambda *args: self.f(owner.__name__, *args)


class Owner:
    @Bound
    def who(name, *args):
        return name, args


print(Owner().who(1, 2), Owner.who())
