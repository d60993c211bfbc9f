# Properties with setters, deleters and inheritance.


class Temperature:
    def __init__(self, celsius=0.0):
        self.celsius = celsius

    @property
    def celsius(self):
        """In degrees."""
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._celsius = value

    @celsius.deleter
    def celsius(self):
        print("forgotten")
        self._celsius = None

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32


t = Temperature(25)
print(t.celsius, t.fahrenheit)
t.celsius += 75
print(t.celsius, t.fahrenheit, Temperature.celsius.__doc__)
try:
    t.celsius = -300
except ValueError as e:
    print(e)
try:
    t.fahrenheit = 1
except AttributeError as e:
    print(e)
del t.celsius
print(t.celsius)
try:
    del t.fahrenheit
except AttributeError as e:
    print(e)


class Kelvin(Temperature):
    @property
    def celsius(self):
        return super().celsius + 273.15

    @celsius.setter
    def celsius(self, value):
        Temperature.celsius.fset(self, value)


k = Kelvin(0)
print(k.celsius, k._celsius, isinstance(Kelvin.celsius, property))


class Old:
    def get(self):
        return self._v

    def set(self, v):
        self._v = v * 2

    v = property(get, set, doc="twice")


o = Old()
o.v = 21
print(o.v, Old.v.__doc__, Old.v.fget.__name__)
