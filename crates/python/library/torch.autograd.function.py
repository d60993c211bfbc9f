"""Operations of the program's own, with the rule that differentiates them."""
from torch import Tensor, no_grad
from torch.autograd import _extend, _record, _saved_tensors


class FunctionCtx:
    """What a call keeps for its backward rule."""

    __module__ = "torch.autograd.function"

    def __init__(self, needs):
        self.needs_input_grad = needs
        self._saved = self._constant = self._dirty = ()
        self._zeros = True
        self._node = None

    @property
    def saved_tensors(self):
        return _saved_tensors(self._node)

    def save_for_backward(self, *tensors):
        self._saved = tensors

    def save_for_forward(self, *tensors):
        pass

    def mark_dirty(self, *tensors):
        self._dirty = tensors

    def mark_non_differentiable(self, *tensors):
        self._constant = tensors

    def set_materialize_grads(self, value):
        self._zeros = value


class Function:
    """An operation: forward computes it, off the tape, and backward hands its gradients on."""

    __module__ = "torch.autograd.function"
    _context = FunctionCtx

    @staticmethod
    def forward(*args, **kwargs):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def setup_context(ctx, inputs, output):
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with "
            "backward mode AD."
        )

    @classmethod
    def apply(cls, *args):
        needs = tuple([isinstance(a, Tensor) and a.requires_grad for a in args])
        name = cls.__name__ + "Backward"
        if cls._context.__name__ != name:
            cls._context = _extend(FunctionCtx, name)
        ctx = cls._context(needs)
        with no_grad():
            if cls.setup_context is Function.setup_context:
                outputs = cls.forward(ctx, *args)
            else:
                outputs = cls.forward(*args)
                cls.setup_context(ctx, args, outputs)
        outputs, ctx._node = _record(ctx, cls, args, outputs, ctx._saved, ctx._constant, ctx._dirty)
        ctx._saved = ctx._constant = ctx._dirty = ()
        return outputs

    def __call__(self, *args):
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd "
            "function with static forward method. (Example: https://pytorch.org/docs/stable/autograd.html"
            "#torch.autograd.Function)"
        )


def once_differentiable(function):
    """The rule cannot be differentiated itself."""
    return no_grad()(function)
