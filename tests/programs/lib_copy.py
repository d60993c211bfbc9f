# copy
import copy

a = [1, [2, 3], {"k": [4]}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append(9)
a[2]["k"].append(9)
print(a, b, c, b[1] is a[1], c[1] is a[1])


class Node:
    def __init__(self, v, other=None):
        self.v = v
        self.other = other


n = Node([1], Node([2]))
s, d = copy.copy(n), copy.deepcopy(n)
n.v.append(5)
print(s.v, d.v, s.other is n.other, d.other is n.other, d.other.v, type(d).__name__)
loop = [1]
loop.append(loop)
deep = copy.deepcopy(loop)
print(deep[1] is deep, deep is loop)
shared = [0]
pair = copy.deepcopy([shared, shared])
print(pair[0] is pair[1], copy.copy((1, [2])), copy.deepcopy((1, (2, 3))), copy.copy({1}), copy.copy("s"), copy.deepcopy(5), copy.copy(print) is print, copy.deepcopy(len) is len)


class Custom:
    def __init__(self, x):
        self.x = x

    def __copy__(self):
        return Custom("copied")

    def __deepcopy__(self, memo):
        return Custom("deeply copied")


class Bag(dict):
    pass


bag = Bag(a=[1])
bag.note = "n"
deep_bag = copy.deepcopy(bag)
bag["a"].append(2)
print(copy.copy(Custom(1)).x, copy.deepcopy(Custom(1)).x, deep_bag, deep_bag.note, type(deep_bag).__name__, copy.copy(bag)["a"] is bag["a"])
f = lambda x: x
print(copy.copy(f) is f, copy.deepcopy([f])[0] is f, copy.deepcopy({"a": (1, [2])}), copy.deepcopy({1, 2}), copy.copy([]))
from collections import namedtuple, deque, defaultdict
P = namedtuple("P", "x y")
print(copy.deepcopy(P(1, [2])), copy.copy(P(1, 2)), copy.deepcopy(deque([1, [2]])), copy.deepcopy(defaultdict(list, a=[1])))
