"""Modules that hold others."""

import torch
from torch.nn.modules.module import Module, _indented, _layout
from torch.nn.parameter import Parameter


class _Row(Module):
    """What modules that hold others by their place share."""

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules):
        for module in list(modules):
            self.append(module)
        return self

    def insert(self, index, module):
        n = len(self)
        if not -n <= index <= n:
            raise IndexError(f"Index out of range: {index}")
        modules = list(self)
        modules.insert(index, module)
        self._refill(modules)
        return self

    def _refill(self, modules):
        for name in list(self._modules):
            delattr(self, name)
        self.extend(modules)

    def pop(self, key):
        module = self[key]
        del self[key]
        return module

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def __delitem__(self, index):
        modules = list(self)
        del modules[index]
        self._refill(modules)

    def __add__(self, other):
        return type(self)().extend(self).extend(other)

    def __iadd__(self, other):
        return self.extend(other)


class Sequential(_Row):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], dict):
            for name, module in args[0].items():
                self.add_module(name, module)
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), module)

    def forward(self, input):
        for module in self._modules.values():
            input = module(input)
        return input

    def __getitem__(self, index):
        items = list(self._modules.items())
        if isinstance(index, slice):
            return type(self)(dict(items[index]))
        if not -len(items) <= index < len(items):
            raise IndexError(f"index {index} is out of range")
        return items[index][1]

    def __setitem__(self, index, module):
        setattr(self, list(self._modules)[index], module)

    def __mul__(self, times):
        return type(self)().extend(list(self) * times)

    __rmul__ = __mul__


class ModuleList(_Row):
    def __init__(self, modules=None):
        super().__init__()
        self.extend(modules or [])

    def __contains__(self, module):
        return any(held is module for held in self)

    def __getitem__(self, index):
        modules = list(self)
        if isinstance(index, slice):
            return type(self)(modules[index])
        if not -len(modules) <= index < len(modules):
            raise IndexError(f"index {index} is out of range")
        return modules[index]

    def __setitem__(self, index, module):
        self.add_module(str(index if index >= 0 else index + len(self)), module)

    def __repr__(self):
        # Equal neighbors are shown once.
        runs = []
        for i, text in enumerate(repr(module) for module in self):
            if runs and runs[-1][2] == text:
                runs[-1][1] = i
            else:
                runs.append([i, i, text])
        lines = []
        for first, last, text in runs:
            if first == last:
                lines.append(f"({first}): {_indented(text)}")
            else:
                lines.append(f"({first}-{last}): {last - first + 1} x {_indented(text)}")
        return _layout(type(self).__name__, [], lines)


class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        self.update(modules or {})

    def update(self, modules):
        for name, module in modules.items() if isinstance(modules, dict) else modules:
            self[name] = module

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        delattr(self, key)

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, key):
        return key in self._modules

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()

    def pop(self, key):
        module = self[key]
        del self[key]
        return module


class ParameterList(Module):
    def __init__(self, values=None):
        super().__init__()
        self.extend(values or [])

    def append(self, value):
        if isinstance(value, torch.Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        setattr(self, str(len(self)), value)
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters.values())

    def __getitem__(self, index):
        return list(self)[index]

    def __setitem__(self, index, value):
        setattr(self, str(range(len(self))[index]), value if isinstance(value, Parameter) else Parameter(value))

    def extra_repr(self):
        return "\n".join(
            f"  ({i}): Parameter containing: [{value.dtype} of size {'x'.join(str(n) for n in value.shape)}]"
            for i, value in enumerate(self)
        )


class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        for name, value in (parameters or {}).items():
            self[name] = value

    def __getitem__(self, key):
        return self._parameters[key]

    def __setitem__(self, key, value):
        setattr(self, key, value if isinstance(value, Parameter) else Parameter(value))

    def __delitem__(self, key):
        delattr(self, key)

    def update(self, parameters):
        for name, value in parameters.items() if hasattr(parameters, "items") else parameters:
            self[name] = value

    def pop(self, key):
        value = self[key]
        del self[key]
        return value

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters)

    def __contains__(self, key):
        return key in self._parameters

    def keys(self):
        return self._parameters.keys()

    def items(self):
        return self._parameters.items()

    def values(self):
        return self._parameters.values()

    def extra_repr(self):
        return "\n".join(
            f"  ({name}): Parameter containing: [{torch.typename(value.data)} of size {'x'.join(map(str, value.shape))}]"
            for name, value in self.items()
        )
