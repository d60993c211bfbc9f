"""What `os` has beside its table: files and folders."""

import _files
import os.path


def listdir(path="."):
    return [name.rstrip("/") for name in _files.list(str(path))]


def makedirs(name, mode=511, exist_ok=False):
    if not exist_ok and os.path.exists(name):
        raise FileExistsError(17, "File exists", str(name))
    _files.make_folder(str(name))


def mkdir(path, mode=511):
    makedirs(path)


def remove(path):
    _files.remove(str(path))


unlink = remove


def rename(src, dst):
    _files.write(str(dst), _files.read(str(src)), False)
    _files.remove(str(src))


replace = rename
