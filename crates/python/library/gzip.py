"""Files as `gzip` makes them, to be read."""

import _files
import io
import zlib


class BadGzipFile(OSError):
    __module__ = "gzip"


def _number(data, at):
    return int.from_bytes(data[at : at + 4], "little")


def decompress(data):
    if data[:2] != b"\x1f\x8b":
        raise BadGzipFile(f"Not a gzipped file ({data[:2]!r})")
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + data[at] + 256 * data[at + 1]
    # The file's name and a comment, each up to a zero.
    for flag in (8, 16):
        if flags & flag:
            at += data[at:].find(b"\0") + 1
    if flags & 2:
        at += 2
    plain = zlib.decompress(data[at:-8], -15)
    if zlib.crc32(plain) != _number(data, len(data) - 8) or len(plain) != _number(data, len(data) - 4):
        raise BadGzipFile("CRC check failed: the file is cut or damaged")
    return plain


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    if mode not in ("r", "rb", "rt"):
        raise io.UnsupportedOperation(f"a gzip file can only be read here, not opened with {mode!r}")
    name = filename if isinstance(filename, str) else str(filename)
    data = decompress(_files.read(name))
    if mode == "rt":
        return io.TextIOWrapper(data.decode().replace("\r\n", "\n"), name, "r")
    return io.BufferedReader(data, name, "rb")
