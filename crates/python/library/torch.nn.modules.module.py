"""What every module of a network is."""

from collections import OrderedDict

import torch
from torch.nn.parameter import Parameter


class RemovableHandle:
    """Takes a hook back."""

    def __init__(self, hooks):
        self.hooks = hooks
        self.id = max(hooks, default=-1) + 1

    def remove(self):
        self.hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.remove()


class _IncompatibleKeys:
    def __init__(self, missing_keys, unexpected_keys):
        self.missing_keys = missing_keys
        self.unexpected_keys = unexpected_keys

    def __iter__(self):
        return iter((self.missing_keys, self.unexpected_keys))

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


def _indented(text):
    first, *rest = text.split("\n")
    return "\n".join([first] + ["  " + line for line in rest])


def _hooked(hooks, hook):
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


class Module:
    # Parameters and modules inside are found among the attributes; only buffers have to be told.
    training = True

    def __init__(self):
        object.__setattr__(self, "training", True)
        object.__setattr__(self, "_buffers", {})
        object.__setattr__(self, "_hooks", None)

    def __setattr__(self, name, value):
        if isinstance(value, (Parameter, Module)):
            if "_buffers" not in self.__dict__:
                what = "module" if isinstance(value, Module) else "parameters"
                raise AttributeError(f"cannot assign {what} before Module.__init__() call")
        elif value is not None and isinstance(self.__dict__.get(name), Parameter):
            raise TypeError(
                f"cannot assign '{torch.typename(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)"
            )
        object.__setattr__(self, name, value)

    @property
    def _parameters(self):
        return {name: value for name, value in self.__dict__.items() if isinstance(value, Parameter)}

    @property
    def _modules(self):
        return {name: value for name, value in self.__dict__.items() if isinstance(value, Module)}

    def forward(self, *inputs):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args, **kwargs):
        if self._hooks is None:
            return self.forward(*args, **kwargs)
        for hook in list(self._hooks["before"].values()):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        backward = list(self._hooks["backward"].values())
        if backward:
            arrived = []
            args = _watch_inputs(self, args, backward, arrived)
        result = self.forward(*args, **kwargs)
        for hook in list(self._hooks["after"].values()):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        if backward:
            _watch_output(self, args, result, backward, arrived)
        return result

    def _hooks_of(self, kind):
        if self._hooks is None:
            object.__setattr__(self, "_hooks", {"before": {}, "after": {}, "backward": {}})
        return self._hooks[kind]

    def register_forward_pre_hook(self, hook):
        return _hooked(self._hooks_of("before"), hook)

    def register_forward_hook(self, hook):
        return _hooked(self._hooks_of("after"), hook)

    def register_full_backward_hook(self, hook):
        return _hooked(self._hooks_of("backward"), hook)

    def register_buffer(self, name, tensor, persistent=True):
        self._buffers[name] = persistent
        object.__setattr__(self, name, tensor)

    def register_parameter(self, name, param):
        setattr(self, name, param)

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"{torch.typename(module)} is not a Module subclass")
        setattr(self, name, module)

    def register_module(self, name, module):
        self.add_module(name, module)

    def named_children(self):
        seen = set()
        for name, module in self._modules.items():
            if id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            yield from module.named_modules(memo, prefix + ("." if prefix else "") + name, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def _named(self, of, prefix, recurse):
        seen = set()
        for path, module in self.named_modules(prefix=prefix) if recurse else [(prefix, self)]:
            for name, value in of(module):
                if id(value) not in seen:
                    seen.add(id(value))
                    yield path + ("." if path else "") + name, value

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        return self._named(lambda module: module._parameters.items(), prefix, recurse)

    def parameters(self, recurse=True):
        for _, value in self.named_parameters(recurse=recurse):
            yield value

    def _own_buffers(self, persistent=False):
        buffers = [(n, getattr(self, n, None)) for n, kept in self._buffers.items() if kept or not persistent]
        return [(name, value) for name, value in buffers if value is not None]

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        return self._named(lambda module: module._own_buffers(), prefix, recurse)

    def buffers(self, recurse=True):
        for _, value in self.named_buffers(recurse=recurse):
            yield value

    def get_submodule(self, target):
        module = self
        for name in target.split(".") if target else []:
            if not isinstance(getattr(module, name, None), Module):
                raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
            module = getattr(module, name)
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return getattr(self.get_submodule(path), name)

    def _entries(self, prefix=""):
        for path, module in self.named_modules(prefix=prefix, remove_duplicate=False):
            for name, value in list(module._parameters.items()) + module._own_buffers(persistent=True):
                yield path + ("." if path else "") + name, value

    def state_dict(self, prefix=""):
        return OrderedDict((name, value.detach()) for name, value in self._entries(prefix))

    def load_state_dict(self, state_dict, strict=True):
        own = dict(self._entries())
        missing = [name for name in own if name not in state_dict]
        unexpected = [name for name in state_dict if name not in own]
        errors = []
        if strict and unexpected:
            names = ", ".join(f'"{name}"' for name in unexpected)
            errors.append(f"Unexpected key(s) in state_dict: {names}. ")
        if strict and missing:
            names = ", ".join(f'"{name}"' for name in missing)
            errors.insert(0, f"Missing key(s) in state_dict: {names}. ")
        with torch.no_grad():
            for name, value in own.items():
                if name not in state_dict:
                    continue
                if state_dict[name].shape != value.shape:
                    errors.append(
                        f"size mismatch for {name}: copying a param with shape {state_dict[name].shape} from checkpoint, "
                        f"the shape in current model is {value.shape}."
                    )
                else:
                    value.copy_(state_dict[name])
        if errors:
            raise RuntimeError(
                f"Error(s) in loading state_dict for {type(self).__name__}:\n\t" + "\n\t".join(errors)
            )
        return _IncompatibleKeys(missing, unexpected)

    def train(self, mode=True):
        for module in self.modules():
            object.__setattr__(module, "training", mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for value in self.parameters():
            value.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        for value in self.parameters():
            if value.grad is not None:
                if set_to_none:
                    value.grad = None
                else:
                    value.grad.detach_()
                    value.grad.zero_()

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def to(self, *args, **kwargs):
        def moved(value):
            new = value.detach().to(*args, **kwargs)
            return new if value.is_floating_point() else value.to(new.device)

        # A parameter stays the one that an optimizer knows.
        for value in self.parameters():
            value.data = moved(value)
            if value.grad is not None:
                value.grad = moved(value.grad)
        for module in self.modules():
            for name, value in module._own_buffers():
                object.__setattr__(module, name, moved(value))
        return self

    def cpu(self):
        return self.to("cpu")

    def cuda(self, device=None):
        return self.to("cuda")

    def float(self):
        return self.to(torch.float32)

    def double(self):
        return self.to(torch.float64)

    def extra_repr(self):
        return ""

    def __repr__(self):
        extra = self.extra_repr()
        inside = [f"({name}): {_indented(repr(module))}" for name, module in self._modules.items()]
        return _layout(type(self).__name__, extra.split("\n") if extra else [], inside)


def _layout(name, extra, inside):
    if not inside and len(extra) <= 1:
        return f"{name}({''.join(extra)})"
    return f"{name}(\n  " + "\n  ".join(extra + inside) + "\n)"


def _watch_inputs(module, args, hooks, arrived):
    def watch(x):
        if not isinstance(x, torch.Tensor) or not x.requires_grad:
            return x
        x = x.view_as(x)

        def call(grad):
            for hook in hooks:
                changed = hook(module, (grad,), tuple(arrived))
                if changed is not None:
                    grad = changed[0] if isinstance(changed, tuple) else changed
            return grad

        x.register_hook(call)
        return x

    return tuple(watch(x) for x in args)


def _watch_output(module, args, result, hooks, arrived):
    if not isinstance(result, torch.Tensor) or not result.requires_grad:
        return
    inputs = any(isinstance(x, torch.Tensor) and x.requires_grad for x in args)

    def call(grad):
        arrived[:] = [grad]
        if not inputs:
            for hook in hooks:
                hook(module, (None,), (grad,))

    result.register_hook(call)
