"""ZIP files: nothing in them is deflated when they are written."""

import struct
import zlib


def write(files):
    out, table, at = [], [], 0
    for name, data in files:
        name = name.encode()
        about = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        head = b"PK\3\4" + about + name
        table.append(b"PK\1\2\x14\0" + about + struct.pack("<HHHII", 0, 0, 0, 0, at) + name)
        out += [head, data]
        at += len(head) + len(data)
    size = sum(len(entry) for entry in table)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(table), len(table), size, at, 0)
    return b"".join(out + table + [end])


def read(data):
    """The files in it, by their names."""
    end = data.find(b"PK\5\6", max(len(data) - 65557, 0))
    if end < 0:
        raise ValueError("it is no ZIP file, or it was cut")
    count, _, at = struct.unpack_from("<HII", data, end + 10)
    files = {}
    for _ in range(count):
        method, _, _, crc, size, plain, name, extra, comment = struct.unpack_from("<HHHIIIHHH", data, at + 10)
        (start,) = struct.unpack_from("<I", data, at + 42)
        title = data[at + 46 : at + 46 + name].decode()
        at += 46 + name + extra + comment
        name, extra = struct.unpack_from("<HH", data, start + 26)
        start += 30 + name + extra
        held = data[start : start + size]
        if method:
            held = zlib.decompress(held, -15)
        if zlib.crc32(held) != crc:
            raise ValueError(f"{title} in it is damaged")
        files[title] = held
    return files
