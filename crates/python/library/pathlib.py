"""Paths as objects."""

import io
import os


class Path:
    __module__ = "pathlib"

    def __init__(self, *parts):
        self._text = os.path.normpath(os.path.join("", *[str(part) for part in parts])) if parts else "."

    def __str__(self):
        return self._text

    __fspath__ = __str__

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __eq__(self, other):
        return isinstance(other, Path) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self._text < other._text

    def __truediv__(self, other):
        return Path(self._text, other)

    def __rtruediv__(self, other):
        return Path(other, self._text)

    @property
    def name(self):
        return os.path.basename(self._text)

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    @property
    def parent(self):
        return Path(os.path.dirname(self._text))

    @property
    def parts(self):
        return tuple(self._text.split("/"))

    def joinpath(self, *others):
        return Path(self._text, *others)

    def with_suffix(self, suffix):
        return Path(os.path.splitext(self._text)[0] + suffix)

    def exists(self):
        return os.path.exists(self._text)

    def is_file(self):
        return os.path.isfile(self._text)

    def is_dir(self):
        return os.path.isdir(self._text)

    def iterdir(self):
        return iter([self / name for name in os.listdir(self._text)])

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        os.makedirs(self._text, exist_ok=exist_ok)

    def unlink(self, missing_ok=False):
        if not missing_ok or self.exists():
            os.remove(self._text)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(self._text, mode, newline)

    def read_text(self, encoding=None, errors=None):
        return io.open(self._text).read()

    def read_bytes(self):
        return io.open(self._text, "rb").read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with io.open(self._text, "w") as file:
            return file.write(data)

    def write_bytes(self, data):
        with io.open(self._text, "wb") as file:
            return file.write(data)


PosixPath = PurePath = Path
