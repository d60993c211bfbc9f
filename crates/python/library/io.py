"""Files, read as a whole and written as they come."""

import _files
import os.path

DEFAULT_BUFFER_SIZE = 131072


class UnsupportedOperation(OSError):
    __module__ = "io"


class _File:
    """What is left to be read is `_data` from `_at` on: text, or bytes."""

    def __init__(self, data, name=None, mode="r"):
        self._data = data
        self._at = 0
        self._newline = b"\n" if isinstance(data, bytes) else "\n"
        self.name = name
        self.mode = mode
        self.closed = False

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        # All lines at once: a file is split faster than it is searched.
        newline = self._newline
        lines = self.read().split(newline)
        last = lines.pop()
        for line in lines:
            yield line + newline
        if last:
            yield last

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def readable(self):
        return self.mode[0] == "r" or "+" in self.mode

    def writable(self):
        return self.mode[0] != "r" or "+" in self.mode

    def seekable(self):
        return True

    def read(self, size=-1):
        self._open()
        if not self.readable():
            raise UnsupportedOperation("not readable" if isinstance(self._data, str) else "read")
        start = self._at
        left = max(len(self._data) - start, 0)
        self._at = start + (left if size is None or size < 0 else min(size, left))
        return self._data[start : self._at]

    def readline(self, size=-1):
        self._open()
        end = self._data.find(self._newline, self._at)
        return self.read(end + 1 - self._at if end >= 0 else -1)

    def readlines(self, hint=-1):
        return list(self)

    def write(self, data):
        self._open()
        if not self.writable():
            raise UnsupportedOperation("not writable" if isinstance(self._data, str) else "write")
        if isinstance(self._data, str) and not isinstance(data, str):
            raise TypeError(f"write() argument must be str, not {type(data).__name__}")
        if isinstance(self._data, bytes) and not isinstance(data, bytes):
            raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
        self._put(data)
        return len(data)

    def _put(self, data):
        self._data = self._data[: self._at] + data + self._data[self._at + len(data) :]
        self._at += len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def tell(self):
        self._open()
        return self._at

    def seek(self, offset, whence=0):
        self._open()
        self._at = max(offset + (0, self._at, len(self._data))[whence], 0)
        return self._at

    def flush(self):
        self._open()

    def close(self):
        self.closed = True


class BytesIO(_File):
    __module__ = "_io"

    def __init__(self, initial_bytes=b""):
        super().__init__(initial_bytes, mode="r+")

    def getvalue(self):
        return self._data

    getbuffer = getvalue


class StringIO(_File):
    __module__ = "_io"

    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value, mode="r+")

    def getvalue(self):
        return self._data


class BufferedReader(_File):
    __module__ = "_io"


class TextIOWrapper(_File):
    __module__ = "_io"
    encoding = "utf-8"


class _Written:
    """Every write goes to the file at once, behind what is there."""

    def _put(self, data):
        _files.write(self.name, data.encode() if isinstance(data, str) else data, True)
        self._at += len(data)


class _TextWriter(_Written, TextIOWrapper):
    __module__ = "_io"


class BufferedWriter(_Written, _File):
    __module__ = "_io"


def open(file, mode="r", newline=None):
    name = file if isinstance(file, str) else file.__fspath__()
    plain = mode.replace("b", "").replace("t", "")
    if plain not in ("r", "w", "a", "x") or "b" in mode and "t" in mode:
        if plain in ("r+", "w+", "a+", "x+", "+r", "+w"):
            raise UnsupportedOperation(f"a file is opened to be read or to be written here, not for both: {mode!r}")
        raise ValueError(f"invalid mode: {mode!r}")
    binary = "b" in mode
    if plain == "r":
        data = _files.read(name)
        if binary:
            return BufferedReader(data, name, mode)
        text = data.decode()
        return TextIOWrapper(text if newline == "" else text.replace("\r\n", "\n").replace("\r", "\n"), name, mode)
    if plain == "x" and os.path.exists(name):
        raise FileExistsError(17, "File exists", name)
    _files.write(name, b"", plain == "a")
    file = BufferedWriter(b"", name, mode) if binary else _TextWriter("", name, mode)
    if plain == "a":
        file._at = len(_files.read(name))
    return file
