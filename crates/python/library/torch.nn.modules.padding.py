"""Padding as modules."""

import torch.nn.functional as F
from torch.nn.modules.conv import _each
from torch.nn.modules.module import Module


class _PadNd(Module):
    dims = 1
    mode = "constant"
    value = 0.0

    def __init__(self, padding):
        super().__init__()
        self.padding = _each(padding, 2 * self.dims)

    def forward(self, input):
        if self.mode == "constant":
            return F.pad(input, self.padding, "constant", self.value)
        return F.pad(input, self.padding, self.mode)

    def extra_repr(self):
        return str(self.padding)


class ConstantPad1d(_PadNd):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def extra_repr(self):
        return f"padding={self.padding}, value={self.value}"


class ConstantPad2d(ConstantPad1d):
    dims = 2


class ZeroPad1d(_PadNd):
    dims = 1


class ZeroPad2d(_PadNd):
    dims = 2


class ReflectionPad1d(_PadNd):
    mode = "reflect"


class ReflectionPad2d(ReflectionPad1d):
    dims = 2


class ReplicationPad1d(_PadNd):
    mode = "replicate"


class ReplicationPad2d(ReplicationPad1d):
    dims = 2


class CircularPad1d(_PadNd):
    mode = "circular"


class CircularPad2d(CircularPad1d):
    dims = 2
