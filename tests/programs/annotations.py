# What functions and classes are annotated with.
def f(x: int, y: "str" = 'a', *args: float, k: bool = True) -> str:
    z: int = 3
    return y
print(f.__annotations__)

class A:
    a: int = 1
    b: str
    def m(self) -> None: ...
print(A.__annotations__, A.m.__annotations__)

def h(): pass
print(h.__annotations__)
from dataclasses import dataclass

@dataclass
class P:
    x: float
    y: float = 0.0
print(P.__annotations__, P(1.0))

def outer(T):
    def inner(a: T) -> T:
        return a
    return inner
print(outer(int).__annotations__)
