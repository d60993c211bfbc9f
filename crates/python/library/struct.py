"""Numbers as bytes, and back."""

import numpy

_sizes = {"c": 1, "b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 4, "L": 4, "q": 8, "Q": 8, "f": 4, "d": 8}


class error(Exception):
    __module__ = "struct"


def _parts(format):
    """The byte order, and (letter, bytes, count) for each part."""
    order = "big" if format[:1] in (">", "!") else "little"
    parts, count = [], ""
    for letter in format.lstrip("<>=!@").replace(" ", ""):
        if letter.isdigit():
            count += letter
        elif letter in "sx" or letter in _sizes:
            parts.append((letter, _sizes.get(letter, 1), int(count or 1)))
            count = ""
        else:
            raise error("bad char in struct format")
    return order, parts


def calcsize(format):
    return sum(size * count for _, size, count in _parts(format)[1])


def unpack_from(format, buffer, offset=0):
    order, parts = _parts(format)
    need = calcsize(format)
    if len(buffer) - offset < need:
        raise error(f"unpack_from requires a buffer of at least {offset + need} bytes for unpacking {need} bytes at offset "
                    f"{offset} (actual buffer size is {len(buffer)})")
    values, at = [], offset
    for letter, size, count in parts:
        if letter in "sx":
            if letter == "s":
                values.append(buffer[at : at + count])
            at += count
            continue
        for _ in range(count):
            data = buffer[at : at + size]
            at += size
            if letter in "fd":
                code = ("<" if order == "little" else ">") + "f" + str(size)
                values.append(numpy.frombuffer(data, code).item())
            elif letter == "c":
                values.append(data)
            else:
                value = int.from_bytes(data, order, signed=letter.islower())
                values.append(bool(value) if letter == "?" else value)
    return tuple(values)


def unpack(format, buffer):
    need = calcsize(format)
    if len(buffer) != need:
        raise error(f"unpack requires a buffer of {need} bytes")
    return unpack_from(format, buffer)


def iter_unpack(format, buffer):
    size = calcsize(format)
    if len(buffer) % size:
        raise error(f"iterative unpacking requires a buffer of a multiple of {size} bytes")
    return (unpack_from(format, buffer, at) for at in range(0, len(buffer), size))


def pack(format, *values):
    order, parts = _parts(format)
    need = sum(1 if letter == "s" else count for letter, _, count in parts if letter != "x")
    if len(values) != need:
        raise error(f"pack expected {need} items for packing (got {len(values)})")
    left, out = list(values), []
    for letter, size, count in parts:
        if letter == "x":
            out.append(b"\0" * count)
            continue
        if letter == "s":
            out.append((left.pop(0) + b"\0" * count)[:count])
            continue
        for _ in range(count):
            value = left.pop(0)
            if letter in "fd":
                data = numpy.array(value, dtype="f" + str(size)).tobytes()
                # The other order is the same bytes from the last to the first.
                out.append(data if order == "little" else data[::-1])
            elif letter == "c":
                out.append(value)
            else:
                try:
                    out.append(int(value).to_bytes(size, order, signed=letter.islower()))
                except OverflowError:
                    raise error(f"'{letter}' format requires a number that fits {size} bytes, not {value}") from None
    return b"".join(out)
