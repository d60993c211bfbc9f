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

    def backward(self, upstream=1.0):
        self.grad += upstream                       # add at nodes
        if self.grad_fn is not None:
            for value, local in zip(self.grad_fn.inputs, self.grad_fn.locals):
                value.backward(upstream * local)    # multiply along edges

a = Value(2.0)
b = Value(1.0)
one = Value(1.0)
e = (a + b) * (b + one)
e.backward()
print(e.data, a.grad, b.grad)
print(e.grad_fn.name, [v.grad_fn.name for v in e.grad_fn.inputs])
