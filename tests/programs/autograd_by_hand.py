# A tiny automatic differentiation: values that know how they were made.
import math


class Value:
    def __init__(self, data, parents=(), back=lambda: None):
        self.data = data
        self.grad = 0.0
        self._parents = parents
        self._back = back

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def back():
            self.grad += out.grad
            other.grad += out.grad

        out._back = back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._back = back
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))

        def back():
            self.grad += (1 - t * t) * out.grad

        out._back = back
        return out

    __radd__, __rmul__ = __add__, __mul__

    def __sub__(self, other):
        return self + -1 * other

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for p in v._parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v._back()

    def __repr__(self):
        return f"Value(data={self.data:.4f}, grad={self.grad:.4f})"


x, w, b = Value(0.5), Value(-3.0), Value(1.0)
y = (w * x + b).tanh() * 2 + x
y.backward()
print(x, w, b, y, sep="\n")
for step in range(3):
    loss = (w * x + b - 0.25) * (w * x + b - 0.25)
    for v in (w, b):
        v.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
    print(step, round(loss.data, 6), round(w.data, 6), round(b.data, 6))
