"""Paths as text, and whether there is something at them."""

import _files

sep = "/"


def join(a, *parts):
    for part in parts:
        if part.startswith("/"):
            a = part
        elif not a or a.endswith("/"):
            a += part
        else:
            a += "/" + part
    return a


def split(p):
    at = p.rfind("/") + 1
    head = p[:at]
    return (head.rstrip("/") or head), p[at:]


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    at = p.rfind(".")
    name = p.rfind("/") + 1
    return (p[:at], p[at:]) if at > name and p[name:at].strip(".") else (p, "")


def isabs(s):
    return s.startswith("/")


def normpath(path):
    parts = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part and part != "." and not (part == ".." and path.startswith("/")):
            parts.append(part)
    return ("/" if path.startswith("/") else "") + "/".join(parts) or "."


def abspath(path):
    return normpath(join("/", path))


def exists(path):
    return isfile(path) or isdir(path)


def isfile(path):
    folder, name = split(str(path))
    return (folder in ("", "/") or isdir(folder)) and name in _files.list(folder)


def isdir(path):
    try:
        _files.list(str(path))
    except OSError:
        return False
    return True


def getsize(path):
    return len(_files.read(str(path)))


def expanduser(path):
    return path
