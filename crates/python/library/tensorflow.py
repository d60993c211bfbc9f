"""TensorFlow 1: first a graph is built, then a session runs it as often as wanted."""

import numpy
import tensorflow as _self
import torch
from torch import _graphs
from tensorflow.session import InteractiveSession, Session, get_default_session
from torch.nn import functional as F

float32 = torch.float32
float64 = torch.float64
int32 = torch.int64
int64 = torch.int64
bool = torch.bool
__version__ = "1.15.0"


class Graph:
    def __init__(self):
        self.names = {}
        self.variables = []

    def as_default(self):
        return self

    def __enter__(self):
        _default.append(self)
        return self

    def __exit__(self, *exception):
        _default.pop()


_default = [Graph()]


def get_default_graph():
    return _default[-1]


def reset_default_graph():
    _default[-1] = Graph()


class Tensor:
    """A node of the graph: what it is made from, and how. It has no value outside a session."""

    def __init__(self, kind, inputs=(), compute=None, dtype=float32, shape=None, name=None):
        self.graph = get_default_graph()
        name = name or kind
        used = self.graph.names.get(name, 0)
        self.graph.names[name] = used + 1
        self.name = (name if used == 0 else f"{name}_{used}") + ":0"
        self.inputs = tuple(_node(x) for x in inputs)
        self.compute = compute
        self.dtype = dtype
        self.shape = shape
        self.place = _graphs.place()

    # An assignment's variable; the branches of a condition; a loop's variables, condition and body.
    variable = branches = loop = None
    # What it differentiates with respect to.
    sources = ()
    # Its value in the last run, for whoever draws the graph.
    _tensor = None

    def _is_placeholder(self):
        return self.compute is None and self.variable is None and self.branches is None and self.loop is None

    def eval(self, feed_dict=None, session=None):
        return (session or get_default_session()).run(self, feed_dict)

    def run(self, feed_dict=None, session=None):
        self.eval(feed_dict, session)

    def __repr__(self):
        shape = "" if self.shape is None else " shape=(" + ", ".join("?" if n is None else str(n) for n in self.shape) + ")"
        return f"<tf.Tensor '{self.name}'{shape} dtype={str(self.dtype)[6:]}>"

    def __bool__(self):
        raise TypeError("Using a `tf.Tensor` as a Python `bool` is not allowed. Use `tf.cond` to execute subgraphs conditioned on the value of a tensor.")

    def __iter__(self):
        raise TypeError("Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use tf.map_fn.")

    def __hash__(self):
        return id(self)

    def __add__(self, other):
        return add(self, other)

    def __radd__(self, other):
        return add(other, self)

    def __sub__(self, other):
        return subtract(self, other)

    def __rsub__(self, other):
        return subtract(other, self)

    def __mul__(self, other):
        return multiply(self, other)

    def __rmul__(self, other):
        return multiply(other, self)

    def __truediv__(self, other):
        return divide(self, other)

    def __rtruediv__(self, other):
        return divide(other, self)

    def __pow__(self, other):
        return pow(self, other)

    def __rpow__(self, other):
        return pow(other, self)

    def __matmul__(self, other):
        return matmul(self, other)

    def __neg__(self):
        return negative(self)

    def __getitem__(self, key):
        return Tensor("strided_slice", [self], lambda x: x[key], self.dtype)

    def __lt__(self, other):
        return less(self, other)

    def __le__(self, other):
        return less_equal(self, other)

    def __gt__(self, other):
        return greater(self, other)

    def __ge__(self, other):
        return greater_equal(self, other)


class Variable(Tensor):
    def __init__(self, initial_value, trainable=True, name=None, dtype=None):
        self.initial = _node(initial_value)
        super().__init__("Variable", dtype=dtype or self.initial.dtype, shape=self.initial.shape, name=name)
        self.trainable = trainable
        self.graph.variables.append(self)

    @property
    def initializer(self):
        return self.assign(self.initial)

    def assign(self, value):
        node = Tensor("Assign", [value], None, self.dtype, self.shape)
        node.variable = self
        return node

    def assign_sub(self, value):
        return self.assign(self - value)

    def assign_add(self, value):
        return self.assign(self + value)


def _node(x):
    return x if isinstance(x, Tensor) else constant(x)


def placeholder(dtype, shape=None, name=None):
    return Tensor("Placeholder", dtype=dtype, shape=shape, name=name)


def constant(value, dtype=None, shape=None, name="Const"):
    if isinstance(value, numpy.ndarray):
        # Doubles become single precision, which every device has.
        value = value.tolist()
    if not isinstance(value, torch.Tensor):
        value = torch.tensor(value, dtype=dtype)
    elif dtype is not None:
        value = value.to(dtype)
    if shape is not None:
        value = value.expand(shape)
    return Tensor("Const", [], lambda: value, value.dtype, tuple(value.shape), name)


def _unary(kind, compute):
    def make(x, name=None):
        x = _node(x)
        return Tensor(kind, [x], compute, x.dtype, x.shape, name)

    return make


def _binary(kind, compute, dtype=None):
    def make(x, y, name=None):
        x, y = _node(x), _node(y)
        floats = [node.dtype for node in (x, y) if node.dtype in (float32, float64)]
        return Tensor(kind, [x, y], compute, dtype or (floats or [x.dtype])[0], None, name)

    return make


add = _binary("add", lambda x, y: x + y)
subtract = _binary("sub", lambda x, y: x - y)
multiply = _binary("mul", lambda x, y: x * y)
divide = _binary("truediv", lambda x, y: x / y)
pow = _binary("pow", lambda x, y: x**y)
maximum = _binary("Maximum", lambda x, y: torch.maximum(x, y))
minimum = _binary("Minimum", lambda x, y: torch.minimum(x, y))
equal = _binary("Equal", lambda x, y: x == y, bool)
not_equal = _binary("NotEqual", lambda x, y: x != y, bool)
less = _binary("Less", lambda x, y: x < y, bool)
less_equal = _binary("LessEqual", lambda x, y: x <= y, bool)
greater = _binary("Greater", lambda x, y: x > y, bool)
greater_equal = _binary("GreaterEqual", lambda x, y: x >= y, bool)
logical_and = _binary("LogicalAnd", lambda x, y: x & y, bool)
negative = _unary("Neg", lambda x: -x)
square = _unary("Square", lambda x: x * x)
sqrt = _unary("Sqrt", lambda x: x.sqrt())
exp = _unary("Exp", lambda x: x.exp())
log = _unary("Log", lambda x: x.log())
abs = _unary("Abs", lambda x: x.abs())
sin = _unary("Sin", lambda x: x.sin())
cos = _unary("Cos", lambda x: x.cos())
tanh = _unary("Tanh", lambda x: x.tanh())
sigmoid = _unary("Sigmoid", lambda x: x.sigmoid())
identity = _unary("Identity", lambda x: x)
stop_gradient = _unary("StopGradient", lambda x: x.detach())


def matmul(a, b, transpose_a=False, transpose_b=False, name=None):
    def compute(a, b):
        return (a.t() if transpose_a else a) @ (b.t() if transpose_b else b)

    a, b = _node(a), _node(b)
    return Tensor("MatMul", [a, b], compute, a.dtype, None, name)


def _reduce(kind, all_of, along):
    def make(input_tensor, axis=None, keepdims=False, name=None):
        x = _node(input_tensor)

        def compute(x):
            return all_of(x) if axis is None and not keepdims else along(x, axis, keepdims)

        return Tensor(kind, [x], compute, x.dtype, () if axis is None and not keepdims else None, name)

    return make


reduce_sum = _reduce("Sum", lambda x: x.sum(), lambda x, axis, keep: x.sum(axis, keep))
reduce_mean = _reduce("Mean", lambda x: x.mean(), lambda x, axis, keep: x.mean(axis, keep))
reduce_max = _reduce("Max", lambda x: x.max(), lambda x, axis, keep: x.amax(axis, keep))
reduce_min = _reduce("Min", lambda x: x.min(), lambda x, axis, keep: x.amin(axis, keep))


def argmax(input, axis=0, name=None):
    return Tensor("ArgMax", [input], lambda x: x.argmax(axis), int64, None, name)


def cast(x, dtype, name=None):
    return Tensor("Cast", [x], lambda x: x.to(dtype), dtype, None, name)


def to_float(x):
    return cast(x, float32)


def reshape(tensor, shape, name=None):
    tensor = _node(tensor)
    return Tensor("Reshape", [tensor], lambda x: x.reshape(shape), tensor.dtype, None, name)


def transpose(a, perm=None, name=None):
    a = _node(a)
    return Tensor("transpose", [a], lambda x: x.permute(perm) if perm else x.T, a.dtype, None, name)


def concat(values, axis, name=None):
    return Tensor("concat", values, lambda *xs: torch.cat(xs, axis), _node(values[0]).dtype, None, name)


def where(condition, x, y, name=None):
    return Tensor("Select", [condition, x, y], lambda c, x, y: torch.where(c, x, y), _node(x).dtype, None, name)


def _filled(kind, make):
    def build(shape, dtype=float32, name=None):
        return Tensor(kind, [], lambda: make(shape, dtype), dtype, shape if isinstance(shape, tuple) else None, name)

    return build


zeros = _filled("zeros", lambda shape, dtype: torch.zeros(shape, dtype=dtype))
ones = _filled("ones", lambda shape, dtype: torch.ones(shape, dtype=dtype))


def zeros_like(x):
    return Tensor("zeros_like", [x], lambda x: torch.zeros_like(x))


def ones_like(x):
    return Tensor("ones_like", [x], lambda x: torch.ones_like(x))


def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    def compute():
        return torch.randn(shape, dtype=dtype) * stddev + mean

    return Tensor("random_normal", [], compute, dtype, tuple(shape), name)


def random_uniform(shape, minval=0, maxval=1, dtype=float32, seed=None, name=None):
    def compute():
        return torch.rand(shape, dtype=dtype) * (maxval - minval) + minval

    return Tensor("random_uniform", [], compute, dtype, tuple(shape), name)


def set_random_seed(seed):
    torch.manual_seed(seed)


class _Nn:
    relu = staticmethod(_unary("Relu", lambda x: x.relu()))
    sigmoid = staticmethod(sigmoid)
    tanh = staticmethod(tanh)
    softmax = staticmethod(_unary("Softmax", lambda x: x.softmax(-1)))
    log_softmax = staticmethod(_unary("LogSoftmax", lambda x: x.log_softmax(-1)))

    @staticmethod
    def softmax_cross_entropy_with_logits(labels=None, logits=None, name=None):
        return Tensor(
            "softmax_cross_entropy_with_logits", [labels, logits], lambda y, z: -(y * z.log_softmax(-1)).sum(-1), float32
        )

    softmax_cross_entropy_with_logits_v2 = softmax_cross_entropy_with_logits

    @staticmethod
    def sparse_softmax_cross_entropy_with_logits(labels=None, logits=None, name=None):
        return Tensor(
            "SparseSoftmaxCrossEntropyWithLogits", [labels, logits],
            lambda y, z: F.cross_entropy(z, y, reduction="none"), float32,
        )


nn = _Nn()


def gradients(ys, xs, grad_ys=None, name="gradients"):
    """New nodes of the graph, one for each of `xs`."""
    ys = list(ys) if isinstance(ys, (list, tuple)) else [ys]
    many = isinstance(xs, (list, tuple))
    xs = list(xs) if many else [xs]

    def compute(*values):
        ends, starts, upstream = values[: len(ys)], values[len(ys) :][: len(xs)], values[len(ys) + len(xs) :]
        upstream = upstream or [torch.ones_like(y) for y in ends]
        return torch.autograd.grad(ends, starts, upstream, retain_graph=True, allow_unused=True)

    shared = Tensor(name, ys + xs + list(grad_ys or []), compute)
    shared.sources = xs
    parts = [Tensor(f"{name}/part", [shared], lambda all, i=i: all[i], x.dtype, x.shape) for i, x in enumerate(xs)]
    return parts


def assign(ref, value):
    return ref.assign(value)


def assign_sub(ref, value):
    return ref.assign_sub(value)


def assign_add(ref, value):
    return ref.assign_add(value)


def group(*inputs, name=None):
    return Tensor("group_deps", inputs, lambda *values: None, name=name)


no_op = group


def global_variables():
    return list(get_default_graph().variables)


def trainable_variables():
    return [v for v in global_variables() if v.trainable]


def global_variables_initializer():
    return group(*[v.initializer for v in global_variables()], name="init")


initialize_all_variables = global_variables_initializer


def cond(pred, true_fn=None, false_fn=None, name=None):
    """Only the branch that is taken is run."""
    node = Tensor("cond/Merge", [pred], name=name)
    node.branches = (true_fn(), false_fn())
    return node


def while_loop(cond, body, loop_vars, name=None):
    """The condition and the body are graphs of their own, built once and run until the condition is false."""
    held = [placeholder(_node(v).dtype) for v in loop_vars]
    node = Tensor("while/Exit", loop_vars, name=name)
    after = body(*held)
    node.loop = (held, cond(*held), list(after) if isinstance(after, (list, tuple)) else [after])
    parts = [Tensor("while/part", [node], lambda all, i=i: all[i], h.dtype) for i, h in enumerate(held)]
    return parts if len(parts) > 1 else parts[0]


class _GradientDescent:
    def __init__(self, learning_rate, **others):
        self.learning_rate = learning_rate

    def compute_gradients(self, loss, var_list=None):
        variables = var_list or trainable_variables()
        return list(zip(gradients(loss, variables), variables))

    def apply_gradients(self, grads_and_vars, name=None):
        updates = []
        for gradient, variable in grads_and_vars:
            updates += self._update(gradient, variable)
        return group(*updates)

    def minimize(self, loss, var_list=None):
        return self.apply_gradients(self.compute_gradients(loss, var_list))

    def _update(self, gradient, variable):
        return [variable.assign_sub(self.learning_rate * gradient)]


class _Momentum(_GradientDescent):
    def __init__(self, learning_rate, momentum=0.9, **others):
        super().__init__(learning_rate)
        self.momentum = momentum

    def _update(self, gradient, variable):
        slot = Variable(zeros_like(variable.initial), trainable=False)
        new = self.momentum * slot + gradient
        return [slot.assign(new), variable.assign_sub(self.learning_rate * new)]


class _Adam(_GradientDescent):
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08, **others):
        super().__init__(learning_rate)
        self.betas, self.epsilon = (beta1, beta2), epsilon

    def _update(self, gradient, variable):
        beta1, beta2 = self.betas
        m, v = (Variable(zeros_like(variable.initial), trainable=False) for _ in range(2))
        step = Variable(0.0, trainable=False)
        now = step + 1.0
        new_m = beta1 * m + (1 - beta1) * gradient
        new_v = beta2 * v + (1 - beta2) * square(gradient)
        rate = self.learning_rate * sqrt(1.0 - beta2**now) / (1.0 - beta1**now)
        change = rate * new_m / (sqrt(new_v) + self.epsilon)
        return [m.assign(new_m), v.assign(new_v), step.assign(now), variable.assign_sub(change)]


class _Train:
    GradientDescentOptimizer = _GradientDescent
    MomentumOptimizer = _Momentum
    AdamOptimizer = _Adam


train = _Train()


def disable_v2_behavior():
    pass


disable_eager_execution = disable_v2_behavior


class OptimizerOptions:
    """L0: every node is computed for itself. L1: the graph is planned, and neighbors become one kernel."""

    L0, L1 = -1, 0

    def __init__(self, opt_level=0, **others):
        self.opt_level = opt_level


class GraphOptions:
    def __init__(self, optimizer_options=None, **others):
        self.opt_level = optimizer_options.opt_level if optimizer_options else 0


class ConfigProto:
    def __init__(self, graph_options=None, **others):
        self.opt_level = graph_options.opt_level if graph_options else 0


class _Compat:
    v1 = _self


compat = _Compat()
