"""What `torch.save` writes and `torch.load` reads: PyTorch's own files, a pickle and the numbers in a ZIP file."""

import _zip
import math
import numpy
import os
import struct
import torch
from collections import OrderedDict

_kinds = {torch.float32: "Float", torch.float64: "Double", torch.int64: "Long", torch.bool: "Bool"}
# What the numbers of a storage are in its file; integers of fewer bytes become int64.
_codes = {"Float": "f4", "Double": "f8", "Long": "i8", "Bool": "b1", "Int": "i4", "Short": "i2", "Char": "i1", "Byte": "u1"}


class UnpicklingError(Exception):
    __module__ = "_pickle"


def _size(n):
    return struct.pack("<I", n)


class _Writer:
    def __init__(self):
        self.out = []
        self.storages = []
        self.around = []

    def call(self, where, parts):
        self.out.append(b"c" + where + b"\n(")
        for part in parts:
            self.write(part)
        self.out.append(b"tR")

    def write(self, value):
        out = self.out
        if value is None:
            out.append(b"N")
        elif isinstance(value, bool):
            out.append(b"\x88" if value else b"\x89")
        elif isinstance(value, int):
            data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
            out += [b"\x8a", bytes([len(data)]), data]
        elif isinstance(value, float):
            out += [b"G", struct.pack(">d", value)]
        elif isinstance(value, str):
            data = value.encode()
            out += [b"X", _size(len(data)), data]
        elif isinstance(value, torch.Tensor):
            self.tensor(value)
        elif any(one is value for one in self.around):
            raise RecursionError("torch.save: the object holds itself")
        else:
            self.around.append(value)
            self.many(value)
            self.around.pop()

    def many(self, value):
        out = self.out
        if isinstance(value, torch.Size):
            self.call(b"torch\nSize", [tuple(value)])
        elif isinstance(value, tuple):
            out.append(b"(")
            for one in value:
                self.write(one)
            out.append(b"t")
        elif isinstance(value, list):
            out.append(b"](")
            for one in value:
                self.write(one)
            out.append(b"e")
        elif isinstance(value, dict):
            out.append(b"ccollections\nOrderedDict\n)R(" if isinstance(value, OrderedDict) else b"}(")
            for key, one in value.items():
                self.write(key)
                self.write(one)
            out.append(b"u")
        else:
            raise TypeError(
                f"torch.save keeps tensors, numbers, texts, and lists, tuples and dicts of them here, not a "
                f"{type(value).__name__}: save model.state_dict() and not the model itself"
            )

    def tensor(self, value):
        flat = value.detach().cpu().contiguous()
        key = str(len(self.storages))
        self.storages.append(flat.numpy().tobytes())
        self.out.append(b"ctorch._utils\n_rebuild_tensor_v2\n((")
        self.write("storage")
        self.out.append(b"ctorch\n" + _kinds[value.dtype].encode() + b"Storage\n")
        for part in (key, str(value.device), value.numel()):
            self.write(part)
        self.out.append(b"tQ")
        for part in (0, tuple(value.shape), flat.stride(), value.requires_grad, OrderedDict()):
            self.write(part)
        self.out.append(b"tR")


def save(obj, f, **others):
    writer = _Writer()
    writer.write(obj)
    name = "archive" if hasattr(f, "write") else os.path.splitext(os.path.basename(str(f)))[0]
    files = [("data.pkl", b"\x80\2" + b"".join(writer.out) + b"."), ("byteorder", b"little")]
    files += [(f"data/{i}", data) for i, data in enumerate(writer.storages)]
    files.append(("version", b"3\n"))
    data = _zip.write([(f"{name}/{file}", data) for file, data in files])
    if hasattr(f, "write"):
        f.write(data)
    else:
        with open(f, "wb") as file:
            file.write(data)


class _Reader:
    def __init__(self, files, place):
        self.files = files
        self.place = place
        self.data = files["data.pkl"]
        self.at = 0
        self.stack = []
        self.marks = []
        self.memo = {}

    def take(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, count, signed=False):
        return int.from_bytes(self.take(count), "little", signed=signed)

    def line(self):
        end = self.data.find(b"\n", self.at)
        return self.take(end + 1 - self.at)[:-1].decode()

    def marked(self):
        """What was pushed since the last mark."""
        mark = self.marks.pop()
        items = self.stack[mark:]
        del self.stack[mark:]
        return items

    def read(self):
        push = self.stack.append
        simple = {"N": None, "\x88": True, "\x89": False}
        while True:
            op = chr(self.number(1))
            if op == ".":
                return self.stack.pop()
            if op in simple:
                push(simple[op])
            elif op == "\x80":
                self.take(1)
            elif op == "\x95":
                self.take(8)
            elif op in "})]":
                push({} if op == "}" else [] if op == "]" else ())
            elif op == "(":
                self.marks.append(len(self.stack))
            elif op == "t":
                push(tuple(self.marked()))
            elif op in "\x85\x86\x87":
                count = ord(op) - 0x84
                items = self.stack[-count:]
                del self.stack[-count:]
                push(tuple(items))
            elif op in "X\x8c":
                push(self.take(self.number(4 if op == "X" else 1)).decode())
            elif op in "KMJ\x8a":
                count = {"K": 1, "M": 2, "J": 4}.get(op) or self.number(1)
                push(self.number(count, op in "J\x8a"))
            elif op == "G":
                push(struct.unpack(">d", self.take(8))[0])
            elif op in "qr\x94":
                key = len(self.memo) if op == "\x94" else self.number(1 if op == "q" else 4)
                self.memo[key] = self.stack[-1]
            elif op in "hj":
                push(self.memo[self.number(1 if op == "h" else 4)])
            elif op == "c":
                module = self.line()
                push((module, self.line()))
            elif op == "\x93":
                name = self.stack.pop()
                push((self.stack.pop(), name))
            elif op == "Q":
                push(self.storage(self.stack.pop()))
            elif op == "R":
                args = self.stack.pop()
                push(self.call(self.stack.pop(), args))
            elif op == "b":
                # What else an object knew: a state_dict keeps the versions of its modules so.
                self.stack.pop()
            elif op in "su":
                items = self.marked() if op == "u" else [self.stack.pop(), self.stack.pop()][::-1]
                for key, value in zip(items[::2], items[1::2]):
                    self.stack[-1][key] = value
            elif op in "ae":
                items = self.marked() if op == "e" else [self.stack.pop()]
                self.stack[-1].extend(items)
            else:
                raise UnpicklingError(f"Weights only load failed. Operand {ord(op)} is not supported here")

    def storage(self, about):
        _, (_, kind), key, location, count = about
        kind = kind.replace("Storage", "")
        if kind not in _codes:
            raise UnpicklingError(f"a storage of {kind} numbers is not supported here")
        place = self.place
        if isinstance(place, dict):
            place = place.get(location)
        if place is None and location.startswith("cuda") and not torch.cuda.is_available():
            raise RuntimeError(
                "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running "
                "on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to "
                "the CPU."
            )
        numbers = numpy.frombuffer(self.files["data/" + key], "<" + _codes[kind], count)
        return torch.from_numpy(numbers), place or location

    def call(self, what, args):
        module, name = what
        if name == "OrderedDict":
            return OrderedDict(*args)
        if name == "_rebuild_tensor_v2":
            (numbers, place), offset, size, stride, requires_grad = args[:5]
            count = math.prod(size)
            want, step = [], 1
            for length in reversed(size):
                want.insert(0, step)
                step *= length
            if list(stride) == want or count == 0:
                found = numbers[offset : offset + count].reshape(size)
            else:
                place_of = torch.tensor(offset, device="cpu")
                for length, by in zip(size, stride):
                    place_of = place_of.unsqueeze(-1) + torch.arange(length, device="cpu") * by
                found = numbers[place_of]
            return found.to(place).requires_grad_(requires_grad)
        if name == "_rebuild_parameter":
            return torch.nn.Parameter(args[0], args[1])
        if (module, name) == ("torch", "Size"):
            return torch.Size(*args)
        if (module, name) == ("torch", "device"):
            return torch.device(*args)
        raise UnpicklingError(f"Weights only load failed. Unsupported global: GLOBAL {module}.{name} is not supported here: "
                              "save model.state_dict() and not the model itself")


def load(f, map_location=None, *, weights_only=True, **others):
    if hasattr(f, "read"):
        data = f.read()
    else:
        with open(f, "rb") as file:
            data = file.read()
    try:
        files = _zip.read(data)
    except ValueError as error:
        raise UnpicklingError(f"Weights only load failed. This is no file that torch.save wrote: {error}") from None
    # Every name begins with that of the archive.
    files = {name.split("/", 1)[-1]: held for name, held in files.items()}
    return _Reader(files, map_location).read()
