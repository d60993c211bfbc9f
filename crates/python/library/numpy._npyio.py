"""Arrays in files."""

import _zip
import math
import io
from contextlib import contextmanager
import numpy


@contextmanager
def _opened(file, mode):
    """The file of a name, which is closed afterwards, or a file that is open and stays so."""
    if isinstance(file, str) or hasattr(file, "__fspath__"):
        with io.open(file, mode) as f:
            yield f
    else:
        yield file


def _lines(fname):
    if isinstance(fname, str) and fname.endswith(".gz"):
        import gzip

        return gzip.open(fname, "rt").read().split("\n")
    if isinstance(fname, str) or hasattr(fname, "__fspath__"):
        return io.open(fname).read().split("\n")
    return [line.decode() if isinstance(line, bytes) else line.rstrip("\n") for line in fname]


def _packed(arr):
    arr = numpy.asarray(arr)
    code = {"float64": "<f8", "float32": "<f4", "int64": "<i8", "bool": "|b1"}[arr.dtype.name]
    head = f"{{'descr': '{code}', 'fortran_order': False, 'shape': {tuple(arr.shape)}, }}"
    head += " " * (63 - (10 + len(head)) % 64) + "\n"
    return b"\x93NUMPY\1\0" + len(head).to_bytes(2, "little") + head.encode() + arr.tobytes()


def _unpacked(data):
    if data[:6] != b"\x93NUMPY":
        raise ValueError("This file contains pickled (object) data, or it is no file that np.save wrote.")
    wide = 2 if data[6] == 1 else 4
    start = 8 + wide + int.from_bytes(data[8 : 8 + wide], "little")
    head = data[8 + wide : start].decode()
    code = head.split("'descr':")[1].split("'")[1]
    shape = [int(n) for n in head.split("(")[1].split(")")[0].replace(" ", "").split(",") if n]
    turned = "'fortran_order': True" in head
    array = numpy.frombuffer(data, code, math.prod(shape), start)
    end = start + math.prod(shape) * int(code[2:])
    return (array.reshape(shape[::-1]).T.copy() if turned else array.reshape(shape)), end


def save(file, arr, **others):
    if isinstance(file, str) and not file.endswith(".npy"):
        file += ".npy"
    with _opened(file, "wb") as f:
        f.write(_packed(arr))


def savez(file, *args, **kwds):
    if isinstance(file, str) and not file.endswith(".npz"):
        file += ".npz"
    named = {f"arr_{i}": arr for i, arr in enumerate(args)}
    named.update(kwds)
    with _opened(file, "wb") as f:
        f.write(_zip.write([(f"{name}.npy", _packed(arr)) for name, arr in named.items()]))


class _Archive(dict):
    @property
    def files(self):
        return list(self)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def close(self):
        pass


def load(file, **others):
    with _opened(file, "rb") as f:
        start = f.tell()
        data = f.read()
        if data[:4] == b"PK\3\4":
            return _Archive((name.removesuffix(".npy"), _unpacked(held)[0]) for name, held in _zip.read(data).items())
        array, end = _unpacked(data)
        f.seek(start + end)
        return array


def fromfile(file, dtype=float, count=-1, sep="", offset=0):
    with _opened(file, "rb") as f:
        data = f.read()
    return numpy.frombuffer(data, dtype, count, offset)


def loadtxt(fname, dtype=float, comments="#", delimiter=None, skiprows=0, usecols=None, unpack=False, ndmin=0, max_rows=None, converters=None, **others):
    lines = [line.split(comments)[0] if comments else line for line in _lines(fname)[skiprows:]]
    lines = [line for line in lines if line.strip()][:max_rows]
    if usecols is not None:
        columns = [usecols] if isinstance(usecols, int) else usecols
        split = [line.split(delimiter) for line in lines]
        lines = [(delimiter or " ").join([row[i] for i in columns]) for row in split]
    if not lines:
        return numpy.array([], dtype=dtype)
    wide = len(lines[0].split(delimiter))
    for i, line in enumerate(lines):
        found = len(line.split(delimiter)) if delimiter is None else line.count(delimiter) + 1
        if found != wide:
            raise ValueError(
                f"the number of columns changed from {wide} to {found} at row {i + 1}; use `usecols` to select a subset and "
                "avoid this error"
            )
    if converters is not None:
        # What a column has no converter for is read as a number.
        each = {i: converters if callable(converters) else converters.get(i, float) for i in range(wide)}
        rows = [[each[i](text.strip()) for i, text in enumerate(line.split(delimiter))] for line in lines]
        lines = [(delimiter or " ").join([repr(float(x)) for x in row]) for row in rows]
    found = numpy.fromstring((delimiter or " ").join(lines), dtype, -1, delimiter or " ").reshape(len(lines), wide)
    if ndmin < 2:
        found = numpy.squeeze(found)
    return found.T if unpack else found


def genfromtxt(fname, dtype=float, comments="#", delimiter=None, skip_header=0, filling_values="nan", **others):
    lines = [line.split(comments)[0] for line in _lines(fname)[skip_header:]]
    rows = [line.split(delimiter) for line in lines if line.strip()]

    def number(text):
        try:
            return float(text)
        except ValueError:
            return float(filling_values)

    return numpy.squeeze(numpy.array([[number(text) for text in row] for row in rows], dtype=dtype))


def savetxt(fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", footer="", comments="# "):
    rows = numpy.asarray(X).tolist()
    with _opened(fname, "w") as f:
        if header:
            f.write(comments + header + newline)
        for row in rows if isinstance(rows, list) else [rows]:
            row = row if isinstance(row, list) else [row]
            formats = [fmt] * len(row) if isinstance(fmt, str) else fmt
            f.write(delimiter.join([form % value for form, value in zip(formats, row)]) + newline)
        if footer:
            f.write(comments + footer + newline)
