import math

class Function:
    """What an operation leaves behind: its inputs, and its local derivatives."""
    def __init__(self, name, inputs, locals):
        self.name = name
        self.inputs = inputs
        self.locals = locals

class Value:
    """A number that remembers the Function it came from."""
    def __init__(self, data, grad_fn=None):
        self.data = data
        self.grad_fn = grad_fn
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, Function('Add', [self, other], [1.0, 1.0]))

    def __mul__(self, other):
        return Value(self.data * other.data, Function('Mul', [self, other], [other.data, self.data]))

    def __sub__(self, other):
        return Value(self.data - other.data)        # records nothing

    def sin(self):
        return Value(math.sin(self.data))           # records nothing

    def backward(self, upstream=1.0):
        self.grad += upstream                       # add at nodes
        if self.grad_fn is not None:
            for value, local in zip(self.grad_fn.inputs, self.grad_fn.locals):
                value.backward(upstream * local)    # multiply along edges

x = Value(3.0)
y = x * x * x
y.backward()
print(y.data, x.grad)          # should be 27.0 27.0

z = Value(2.0).sin() - x
z.backward()
print(z.data)                  # should be about -2.0907
