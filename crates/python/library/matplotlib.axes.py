"""One plot: a frame with ticks, and marks in it."""

import math

from matplotlib.marks import Area, Boxes, Image, Line, Points, Text, color_of, contour_lines, escaped, finite, numbers, shade


def _ticks(low, high, log, room):
    # `room` is how many labels stand side by side.
    if log:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        step = max(1, (last - first + 5) // 6)
        return [(10.0**e, f"1e{e}") for e in range(first, last + 1, step)]
    raw = (high - low) / min(max(room, 1), 5) or 1
    size = 10 ** math.floor(math.log10(raw))
    step = size * min((1, 2, 2.5, 5, 10), key=lambda m: abs(m * size - raw))
    digits = max(0, -math.floor(math.log10(step) + 1e-9)) + (1 if abs(step / size - 2.5) < 1e-9 else 0)
    ticks = [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    if max(abs(low), abs(high)) >= 1e6 or digits > 6:
        return [(tick, f"{tick:.3g}") for tick in ticks]
    return [(tick, f"{tick:.{digits}f}") for tick in ticks]


_count = range


class Axes:
    def __init__(self):
        self.clear()

    def clear(self):
        self.marks = []
        self.colors = 0
        self.titles = {"title": "", "xlabel": "", "ylabel": ""}
        self.limits = {"x": [None, None], "y": [None, None]}
        self.log = {"x": False, "y": False}
        self.named = {"x": None, "y": None}
        self.has_legend = self.has_grid = self.equal = self.flipped = False
        self.frame = True

    cla = clear

    def _next_color(self, color):
        if color is None:
            self.colors += 1
            return color_of(None, self.colors - 1)
        return color_of(color)

    def plot(self, *args, label=None, color=None, c=None, linestyle=None, ls=None, marker="", linewidth=None, lw=None,
             markersize=6, alpha=1, **others):
        lines = []
        args = list(args)
        while args:
            first = numbers(args.pop(0))
            x, y = list(range(len(first))), first
            if args and not isinstance(args[0], str):
                x, y = first, numbers(args.pop(0))
            form = args.pop(0) if args and isinstance(args[0], str) else ""
            style, mark, paint = linestyle or ls, marker, color or c
            for line in ("--", "-.", "-", ":"):
                if line in form:
                    style = style or line
                    form = form.replace(line, "", 1)
            for letter in form:
                if letter in "bgrcmykw":
                    paint = paint or letter
                elif letter in ".ox+s^v*dD":
                    mark = letter
            if style is None:
                style = "" if mark and not marker else "-"
            columns = [list(column) for column in zip(*y)] if y and isinstance(y[0], list) else [y]
            across = [list(column) for column in zip(*x)] if x and isinstance(x[0], list) else [x] * len(columns)
            for x, column in zip(across, columns):
                width = linewidth or lw or 1.5
                line = Line(x, column, self._next_color(paint), label, style, mark, width, markersize, alpha)
                self.marks.append(line)
                lines.append(line)
        return lines

    def errorbar(self, x, y, yerr=None, xerr=None, fmt="", ecolor=None, elinewidth=None, capsize=None, color=None, **options):
        x, y, color = numbers(x), numbers(y), self._next_color(color)
        if fmt != "none":
            self.plot(x, y, fmt, color=color, **options)
        for errors, (h, v) in ((xerr, (1, 0)), (yerr, (0, 1))):
            if errors is not None:
                errors = numbers(errors)
                low, high = errors if isinstance(errors[0], list) else (errors, errors)
                across, up = [], []
                for i, (a, b) in enumerate(zip(x, y)):
                    d, e = low[i % len(low)], high[i % len(high)]
                    across += [a - h * d, a + h * e, math.nan]
                    up += [b - v * d, b + v * e, math.nan]
                self.marks.append(Line(across, up, color_of(ecolor) if ecolor else color, width=elinewidth or 1.5))

    def semilogy(self, *args, **options):
        self.log["y"] = True
        return self.plot(*args, **options)

    def semilogx(self, *args, **options):
        self.log["x"] = True
        return self.plot(*args, **options)

    def loglog(self, *args, **options):
        self.log["x"] = True
        return self.semilogy(*args, **options)

    def scatter(self, x, y, s=36, c=None, color=None, cmap=None, label=None, marker="o", alpha=1, **others):
        x, y = numbers(x), numbers(y)
        sizes = numbers(s)
        values = numbers(c) if c is not None and not isinstance(c, str) else None
        if values and not isinstance(values[0], (str, list, tuple)):
            low, high = min(values), max(values)
            colors = [shade((v - low) / ((high - low) or 1), cmap) for v in values]
        elif values:
            colors = [color_of(v) for v in values]
        else:
            colors = [self._next_color(color or c)]
        self.marks.append(Points(x, y, colors, sizes, label, marker, alpha))

    def bar(self, x, height, width=0.8, bottom=0, color=None, label=None, alpha=1, edgecolor=None, align="center", **others):
        x, height = self._places(x, "x"), numbers(height)
        bottoms = numbers(bottom) if not isinstance(bottom, (int, float)) else [bottom] * len(x)
        shift = width / 2 if align == "center" else 0
        boxes = [(a - shift, b, a - shift + width, b + h) for a, b, h in zip(x, bottoms, height)]
        colors = [color_of(v) for v in color] if isinstance(color, (list, tuple)) else [self._next_color(color)]
        self.marks.append(Boxes(boxes, colors, label, edgecolor and color_of(edgecolor), alpha))

    def barh(self, y, width, height=0.8, color=None, label=None, alpha=1, **others):
        y, width = self._places(y, "y"), numbers(width)
        boxes = [(0, a - height / 2, w, a + height / 2) for a, w in zip(y, width)]
        self.marks.append(Boxes(boxes, [self._next_color(color)], label, None, alpha))

    def _places(self, values, axis):
        values = numbers(values)
        if values and isinstance(values[0], str):
            self.named[axis] = list(enumerate(values))
            return list(range(len(values)))
        return values

    def hist(self, x, bins=10, range=None, density=False, color=None, label=None, alpha=1, edgecolor=None, **others):
        x = numbers(x)
        if isinstance(bins, int):
            low, high = range if range else (min(x), max(x))
            high = high if high > low else low + 1
            edges = [low + (high - low) * i / bins for i in _count(bins + 1)]
        else:
            edges = numbers(bins)
        counts = [0] * (len(edges) - 1)
        for value in x:
            if edges[0] <= value <= edges[-1]:
                i = 0
                while i < len(counts) - 1 and value >= edges[i + 1]:
                    i += 1
                counts[i] += 1
        if density:
            total = sum(counts)
            counts = [n / total / (b - a) for n, a, b in zip(counts, edges, edges[1:])]
        boxes = [(a, 0, b, n) for n, a, b in zip(counts, edges, edges[1:])]
        self.marks.append(Boxes(boxes, [self._next_color(color)], label, edgecolor and color_of(edgecolor), alpha))
        import numpy

        return numpy.array(counts, float), numpy.array(edges, float), self.marks[-1]

    def fill_between(self, x, y1, y2=0, color=None, alpha=1, label=None, **others):
        x, y1 = numbers(x), numbers(y1)
        y2 = [y2] * len(x) if isinstance(y2, (int, float)) else numbers(y2)
        self.marks.append(Area(x, y2, y1, self._next_color(color), label, alpha))

    def imshow(self, X, cmap=None, vmin=None, vmax=None, extent=None, origin="upper", **others):
        rows = numbers(X)
        step = max(1, len(rows) // 128, len(rows[0]) // 128)
        rows = [row[::step] for row in rows[::step]]
        if isinstance(rows[0][0], list):
            scale = 1 if max(v for row in rows for pixel in row for v in pixel) <= 1 else 255
            colors = [[color_of([v / scale for v in pixel]) for pixel in row] for row in rows]
        else:
            known = finite([v for row in rows for v in row]) or [0]
            low = min(known) if vmin is None else vmin
            high = max(known) if vmax is None else vmax
            colors = [[shade((v - low) / ((high - low) or 1), cmap) if v == v else "#ffffff" for v in row] for row in rows]
        h, w = len(colors) * step, len(colors[0]) * step
        if extent is None:
            extent = (-0.5, w - 0.5, h - 0.5, -0.5) if origin == "upper" else (-0.5, w - 0.5, -0.5, h - 0.5)
        self.flipped = extent[2] > extent[3]
        self.equal = True
        # The first row is the upper one, or the lower one.
        box = extent if origin == "upper" else (extent[0], extent[1], extent[3], extent[2])
        self.marks.append(Image(colors, box))

    matshow = imshow

    def contour(self, *args, levels=8, cmap=None, colors=None, filled=False, **others):
        z = numbers(args[2] if len(args) > 2 else args[0])
        if len(args) > 2:
            xs, ys = numbers(args[0]), numbers(args[1])
            xs = xs[0] if isinstance(xs[0], list) else xs
            ys = [row[0] for row in ys] if isinstance(ys[0], list) else ys
        else:
            xs, ys = list(range(len(z[0]))), list(range(len(z)))
        if len(args) in (2, 4):
            levels = args[-1]
        known = finite([v for row in z for v in row])
        low, high = min(known), max(known)
        if isinstance(levels, int):
            levels = [low + (high - low) * (i + 1) / (levels + 1) for i in range(levels)]
        levels = numbers(levels)
        if filled:
            def banded(v):
                return sum(1 for level in levels if v >= level) / len(levels)

            rows = [[shade(banded(v), cmap) for v in row] for row in z]
            self.marks.append(Image(rows, (xs[0], xs[-1], ys[-1], ys[0])))
            return
        for level in levels:
            paint = color_of(colors) if colors else shade((level - low) / ((high - low) or 1), cmap)
            x, y = [], []
            for a, b in contour_lines(xs, ys, z, level):
                x += [a[0], b[0], math.nan]
                y += [a[1], b[1], math.nan]
            self.marks.append(Line(x, y, paint, width=1.2))

    def contourf(self, *args, **options):
        self.contour(*args, filled=True, **options)

    def axhline(self, y=0, color="black", linestyle="-", ls=None, linewidth=1, lw=None, alpha=1, label=None, **others):
        mark = Line([-math.inf, math.inf], [y, y], color_of(color), label, ls or linestyle, "", lw or linewidth, 6, alpha)
        self.marks.append(mark)

    def axvline(self, x=0, color="black", linestyle="-", ls=None, linewidth=1, lw=None, alpha=1, label=None, **others):
        mark = Line([x, x], [-math.inf, math.inf], color_of(color), label, ls or linestyle, "", lw or linewidth, 6, alpha)
        self.marks.append(mark)

    def text(self, x, y, s, color="black", fontsize=10, **others):
        self.marks.append(Text(x, y, s, color_of(color), fontsize if isinstance(fontsize, (int, float)) else 10))

    def annotate(self, text, xy, xytext=None, **options):
        self.text(*(xytext or xy), text)

    def set_title(self, label, **others):
        self.titles["title"] = label

    def set_xlabel(self, label, **others):
        self.titles["xlabel"] = label

    def set_ylabel(self, label, **others):
        self.titles["ylabel"] = label

    def _set_limits(self, axis, low, high):
        if isinstance(low, (tuple, list)):
            low, high = low
        held = self.limits[axis]
        self.limits[axis] = [held[0] if low is None else low, held[1] if high is None else high]

    def set_xlim(self, left=None, right=None):
        self._set_limits("x", left, right)

    def set_ylim(self, bottom=None, top=None):
        self._set_limits("y", bottom, top)

    def set_xscale(self, value, **others):
        self.log["x"] = value == "log"

    def set_yscale(self, value, **others):
        self.log["y"] = value == "log"

    def set_xticks(self, ticks, labels=None, **others):
        self._set_ticks("x", ticks, labels)

    def set_yticks(self, ticks, labels=None, **others):
        self._set_ticks("y", ticks, labels)

    def _set_ticks(self, axis, ticks, labels):
        ticks = numbers(ticks)
        self.named[axis] = list(zip(ticks, labels if labels is not None else [f"{tick:g}" for tick in ticks]))

    def set_aspect(self, aspect, **others):
        self.equal = aspect == "equal"

    def axis(self, option=None):
        if option in ("off", False):
            self.frame = False
        elif option in ("equal", "scaled"):
            self.equal = True
        elif isinstance(option, (list, tuple)):
            self._set_limits("x", option[0], option[1])
            self._set_limits("y", option[2], option[3])

    def grid(self, visible=True, **others):
        self.has_grid = bool(visible)

    def legend(self, labels=None, **others):
        for mark, label in zip(self.marks, labels or []):
            mark.label = label
        self.has_legend = True

    def set(self, **options):
        for name, value in options.items():
            getattr(self, "set_" + name)(value)

    def _range(self, axis):
        at = 0 if axis == "x" else 1
        values = finite([v for mark in self.marks for v in mark.extent()[at]])
        if self.log[axis]:
            values = [v for v in values if v > 0]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        tight = any(isinstance(mark, Image) for mark in self.marks)
        if self.log[axis]:
            pad = (high / low) ** 0.05 if high > low else 2.0
            low, high = low / pad, high * pad
        elif high == low:
            low, high = low - 0.5, high + 0.5
        elif not tight:
            pad = 0.05 * (high - low)
            zero = any(isinstance(mark, Boxes) for mark in self.marks) and low == 0
            low, high = low if zero and axis == "y" else low - pad, high + pad
        held = self.limits[axis]
        return low if held[0] is None else held[0], high if held[1] is None else held[1]

    def svg(self, x, y, width, height):
        """The plot in a rectangle of the figure, titles included."""
        t = self.titles
        left, right = x + (58 if t["ylabel"] else 46), x + width - 14
        top, bottom = y + (30 if t["title"] else 14), y + height - (42 if t["xlabel"] else 26)
        (x0, x1), (y0, y1) = self._range("x"), self._range("y")
        if self.flipped and self.limits["y"] == [None, None]:
            y0, y1 = y1, y0
        if self.equal and not (self.log["x"] or self.log["y"]):
            scale = min((right - left) / abs(x1 - x0), (bottom - top) / abs(y1 - y0))
            w, h = scale * abs(x1 - x0), scale * abs(y1 - y0)
            left, right = (left + right - w) / 2, (left + right + w) / 2
            top, bottom = (top + bottom - h) / 2, (top + bottom + h) / 2

        def along(value, low, high, log):
            if log:
                return (math.log(value) - math.log(low)) / (math.log(high) - math.log(low)) if value > 0 else None
            return (value - low) / ((high - low) or 1)

        def at(px, py):
            if px != px or py != py:
                return None
            u = (0 if px < 0 else 1) if abs(px) == math.inf else along(px, x0, x1, self.log["x"])
            v = (0 if py < 0 else 1) if abs(py) == math.inf else along(py, y0, y1, self.log["y"])
            if u is None or v is None:
                return None
            return left + (right - left) * min(max(u, -9), 9), bottom - (bottom - top) * min(max(v, -9), 9)

        clip = f"c{round(x)}-{round(y)}"
        out = [f'<clipPath id="{clip}"><rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}"/></clipPath>']
        ticks = []
        for axis, low, high, room in (("x", x0, x1, (right - left) / 32), ("y", y0, y1, (bottom - top) / 20)):
            for value, label in self.named[axis] or _ticks(min(low, high), max(low, high), self.log[axis], room):
                if min(low, high) <= value <= max(low, high):
                    px, py = at(value, y0) if axis == "x" else at(x0, value)
                    ticks.append((axis, px, py, label))
        if self.has_grid:
            for axis, px, py, _ in ticks:
                end = f"V{top:.1f}" if axis == "x" else f"H{right:.1f}"
                out.append(f'<path d="M{px:.1f} {py:.1f}{end}" stroke="#b0b0b0" stroke-width="0.8"/>')
        out.append(f'<g clip-path="url(#{clip})">' + "".join(mark.draw(at) for mark in self.marks) + "</g>")
        if self.frame:
            out.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" fill="none" stroke="black" stroke-width="0.8"/>')
            for axis, px, py, label in ticks:
                if axis == "x":
                    out.append(f'<path d="M{px:.1f} {bottom:.1f}v4" stroke="black" stroke-width="0.8"/><text x="{px:.1f}" y="{bottom + 16:.1f}" text-anchor="middle">{escaped(label)}</text>')
                else:
                    out.append(f'<path d="M{left:.1f} {py:.1f}h-4" stroke="black" stroke-width="0.8"/><text x="{left - 7:.1f}" y="{py + 3.5:.1f}" text-anchor="end">{escaped(label)}</text>')
        middle = (left + right) / 2
        if t["title"]:
            out.append(f'<text x="{middle:.1f}" y="{top - 9:.1f}" text-anchor="middle" font-size="12">{escaped(t["title"])}</text>')
        if t["xlabel"]:
            out.append(f'<text x="{middle:.1f}" y="{bottom + 34:.1f}" text-anchor="middle">{escaped(t["xlabel"])}</text>')
        if t["ylabel"]:
            cy = (top + bottom) / 2
            out.append(f'<text transform="translate({left - 42:.1f} {cy:.1f}) rotate(-90)" text-anchor="middle">{escaped(t["ylabel"])}</text>')
        shown = [mark for mark in self.marks if mark.label and not str(mark.label).startswith("_")]
        if self.has_legend and shown:
            w, h = 38 + 6 * max(len(str(mark.label)) for mark in shown), 16 * len(shown) + 6
            points = [p for mark in self.marks for p in map(at, *mark.extent()) if p is not None]
            places = [(u, v) for v in (top + 8, bottom - 8 - h) for u in (right - w - 8, left + 8, (left + right - w) / 2)]
            # The first place that hides the fewest points.
            u, v = min(places, key=lambda place: sum(-8 < p[0] - place[0] < w + 8 and -8 < p[1] - place[1] < h + 8 for p in points))
            out.append(f'<rect x="{u:.1f}" y="{v:.1f}" width="{w}" height="{h}" rx="3" fill="white" fill-opacity="0.8" stroke="#cccccc"/>')
            for i, mark in enumerate(shown):
                cy = v + 12 + 16 * i
                out.append(mark.key(u + 6, cy) + f'<text x="{u + 32:.1f}" y="{cy + 3.5:.1f}">{escaped(mark.label)}</text>')
        return "".join(out)

