"""What stands in a plot: each knows its extent and draws itself with the axes' own coordinates."""

import math

_CYCLE = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"]
_TABLEAU = ["blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan"]
_LETTERS = {
    "b": "#0000ff", "g": "#008000", "r": "#ff0000", "c": "#00bfbf", "m": "#bf00bf", "y": "#bfbf00", "k": "#000000",
    "w": "#ffffff",
}
_MAPS = {
    "viridis": [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)],
    "plasma": [(13, 8, 135), (126, 3, 168), (204, 71, 120), (248, 149, 64), (240, 249, 33)],
    "gray": [(0, 0, 0), (255, 255, 255)],
    "binary": [(255, 255, 255), (0, 0, 0)],
    "Blues": [(247, 251, 255), (107, 174, 214), (8, 48, 107)],
    "Oranges": [(255, 245, 235), (253, 141, 60), (127, 39, 4)],
    "PuOr_r": [(45, 0, 75), (153, 142, 195), (247, 247, 247), (241, 163, 64), (127, 59, 8)],
    "Reds": [(255, 245, 240), (251, 106, 74), (103, 0, 13)],
    "hot": [(11, 0, 0), (255, 0, 0), (255, 255, 0), (255, 255, 255)],
    "jet": [(0, 0, 128), (0, 0, 255), (0, 255, 255), (255, 255, 0), (255, 0, 0), (128, 0, 0)],
    "coolwarm": [(59, 76, 192), (221, 221, 221), (180, 4, 38)],
    "RdBu": [(103, 0, 31), (247, 247, 247), (5, 48, 97)],
}
_MAPS.update(gray_r=_MAPS["binary"], Greys=_MAPS["binary"], bwr=_MAPS["coolwarm"], inferno=_MAPS["plasma"])


def color_of(value, i=0):
    if value is None:
        return _CYCLE[i % 10]
    if isinstance(value, (tuple, list)):
        return "rgb(" + ",".join(str(round(255 * part)) for part in value[:3]) + ")"
    text = str(value)
    if len(text) > 1 and text[0] == "C" and text[1:].isdigit():
        return _CYCLE[int(text[1:]) % 10]
    if text.startswith("tab:"):
        return _CYCLE[_TABLEAU.index(text[4:].replace("grey", "gray"))]
    if text.replace(".", "", 1).isdigit():
        return color_of((float(text),) * 3)
    return _LETTERS.get(text, "".join(c for c in text if c.isalnum() or c == "#"))


def shade(part, cmap):
    stops = _MAPS.get(cmap or "viridis", _MAPS["viridis"])
    at = min(max(part, 0.0), 1.0) * (len(stops) - 1)
    i = min(int(at), len(stops) - 2)
    low, high = stops[i], stops[i + 1]
    return "#" + "".join(f"{round(a + (b - a) * (at - i)):02x}" for a, b in zip(low, high))


def numbers(values):
    if getattr(values, "requires_grad", False):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    if hasattr(values, "tolist"):
        values = values.tolist()
    if isinstance(values, (int, float)):
        values = [values]
    return [v.tolist() if hasattr(v, "tolist") else v for v in values]


def finite(values):
    return [v for v in values if v == v and v not in (math.inf, -math.inf)]


def escaped(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "")


class Line:
    def __init__(self, x, y, color, label=None, style="-", marker="", width=1.5, size=6, alpha=1):
        self.x, self.y, self.color, self.label = x, y, color, label
        self.style, self.marker, self.width, self.size, self.alpha = style, marker, width, size, alpha

    def extent(self):
        return self.x, self.y

    def draw(self, at):
        points = [at(x, y) for x, y in zip(self.x, self.y)]
        parts, text = [], ""
        for point in points:
            if point is None:
                text += " "
            else:
                text += ("L" if text and text[-1] != " " else "M") + f"{point[0]:.1f} {point[1]:.1f}"
        paint = f'stroke="{self.color}" stroke-width="{self.width}" stroke-opacity="{self.alpha}"'
        if self.style not in ("", "None", None):
            parts.append(f'<path d="{text}" fill="none" stroke-linejoin="round" {paint}{self._dash()}/>')
        if self.marker not in ("", "None", None):
            parts += [self._mark(*point) for point in points if point is not None]
        return "".join(parts)

    def _dash(self):
        dashes = {"--": "6 3", ":": "1.5 2.5", "-.": "6 3 1.5 3"}
        dashes.update(dashed="6 3", dotted="1.5 2.5", dashdot="6 3 1.5 3")
        return f' stroke-dasharray="{dashes[self.style]}"' if self.style in dashes else ""

    def _mark(self, x, y):
        r = self.size / 2
        fill = f'fill="{self.color}" fill-opacity="{self.alpha}"'
        if self.marker in ("x", "+"):
            a, b = (r, r) if self.marker == "x" else (r, 0)
            return (
                f'<path d="M{x - a:.1f} {y - b:.1f}L{x + a:.1f} {y + b:.1f}M{x - b:.1f} {y + a:.1f}L{x + b:.1f} {y - a:.1f}" '
                f'stroke="{self.color}" stroke-opacity="{self.alpha}" stroke-width="1.2"/>'
            )
        if self.marker == "s":
            return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" {fill}/>'
        if self.marker in ("^", "v"):
            h = r if self.marker == "^" else -r
            return f'<path d="M{x - r:.1f} {y + h:.1f}L{x + r:.1f} {y + h:.1f}L{x:.1f} {y - h:.1f}Z" {fill}/>'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r / 2 if self.marker == "." else r:.1f}" {fill}/>'

    def key(self, x, y):
        line = Line([0, 1], [0, 0], self.color, style=self.style, width=self.width, alpha=self.alpha)
        mark = "" if self.marker in ("", "None", None) else self._mark(x + 10, y)
        return line.draw(lambda u, v: (x + 20 * u, y)) + mark


class Points(Line):
    def __init__(self, x, y, colors, sizes, label, marker, alpha):
        super().__init__(x, y, colors[0] if colors else "black", label, "", marker or "o", alpha=alpha)
        self.colors, self.sizes = colors, sizes

    def draw(self, at):
        parts = []
        for i, point in enumerate(at(x, y) for x, y in zip(self.x, self.y)):
            if point is not None:
                self.color = self.colors[i % len(self.colors)]
                self.size = math.sqrt(self.sizes[i % len(self.sizes)])
                parts.append(self._mark(*point))
        return "".join(parts)


class Boxes:
    """Rectangles from (left, bottom) to (right, top)."""

    def __init__(self, boxes, colors, label=None, edge=None, alpha=1):
        self.boxes, self.colors, self.label, self.edge, self.alpha = boxes, colors, label, edge, alpha

    def extent(self):
        return [x for box in self.boxes for x in (box[0], box[2])], [y for box in self.boxes for y in (box[1], box[3])]

    def draw(self, at):
        parts = []
        stroke = f' stroke="{self.edge}"' if self.edge else ""
        for i, (left, bottom, right, top) in enumerate(self.boxes):
            a, b = at(left, bottom), at(right, top)
            if a is not None and b is not None:
                parts.append(
                    f'<rect x="{min(a[0], b[0]):.1f}" y="{min(a[1], b[1]):.1f}" width="{abs(b[0] - a[0]):.1f}" '
                    f'height="{abs(b[1] - a[1]):.1f}" fill="{self.colors[i % len(self.colors)]}" '
                    f'fill-opacity="{self.alpha}"{stroke}/>'
                )
        return "".join(parts)

    def key(self, x, y):
        return f'<rect x="{x}" y="{y - 4}" width="20" height="8" fill="{self.colors[0]}" fill-opacity="{self.alpha}"/>'


class Area(Boxes):
    def __init__(self, x, low, high, color, label, alpha):
        super().__init__([], [color], label, alpha=alpha)
        self.x, self.low, self.high = x, low, high

    def extent(self):
        return self.x, list(self.low) + list(self.high)

    def draw(self, at):
        there = [at(x, y) for x, y in zip(self.x, self.high)]
        back = [at(x, y) for x, y in zip(self.x, self.low)]
        points = " ".join(f"{p[0]:.1f},{p[1]:.1f}" for p in there + back[::-1] if p is not None)
        return f'<polygon points="{points}" fill="{self.colors[0]}" fill-opacity="{self.alpha}"/>'


class Image:
    """A matrix of colors; equal neighbors in a row are one rectangle."""

    label = None

    def __init__(self, rows, extent):
        self.rows, self.box = rows, extent

    def extent(self):
        left, right, bottom, top = self.box
        return [left, right], [bottom, top]

    def draw(self, at):
        left, right, bottom, top = self.box
        height, width = len(self.rows), len(self.rows[0]) if self.rows else 0
        parts = []
        for i, row in enumerate(self.rows):
            y0, y1 = top + (bottom - top) * i / height, top + (bottom - top) * (i + 1) / height
            j = 0
            while j < width:
                end = j
                while end < width and row[end] == row[j]:
                    end += 1
                a = at(left + (right - left) * j / width, y0)
                b = at(left + (right - left) * end / width, y1)
                parts.append(
                    f'<rect x="{min(a[0], b[0]):.2f}" y="{min(a[1], b[1]):.2f}" width="{abs(b[0] - a[0]) + 0.05:.2f}" '
                    f'height="{abs(b[1] - a[1]) + 0.05:.2f}" fill="{row[j]}"/>'
                )
                j = end
        return '<g shape-rendering="crispEdges">' + "".join(parts) + "</g>"


class Text:
    label = None

    def __init__(self, x, y, text, color, size):
        self.x, self.y, self.text, self.color, self.size = x, y, text, color, size

    def extent(self):
        return [], []

    def draw(self, at):
        point = at(self.x, self.y)
        if point is None:
            return ""
        return f'<text x="{point[0]:.1f}" y="{point[1]:.1f}" fill="{self.color}" font-size="{self.size}">{escaped(self.text)}</text>'


def contour_lines(xs, ys, z, level):
    """The pieces of the curve z = level, by marching squares."""
    for i in range(len(ys) - 1):
        for j in range(len(xs) - 1):
            corners = [(xs[j], ys[i], z[i][j]), (xs[j + 1], ys[i], z[i][j + 1])]
            corners += [(xs[j + 1], ys[i + 1], z[i + 1][j + 1]), (xs[j], ys[i + 1], z[i + 1][j])]
            cuts = []
            for (x0, y0, a), (x1, y1, b) in zip(corners, corners[1:] + corners[:1]):
                if (a < level) != (b < level):
                    part = (level - a) / (b - a)
                    cuts.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part))
            for k in range(0, len(cuts) - 1, 2):
                yield cuts[k], cuts[k + 1]
