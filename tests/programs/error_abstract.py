# An abstract class cannot be instantiated.
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...


class Dot(Shape):
    def area(self):
        return 0


print(Dot().area())
Shape()
