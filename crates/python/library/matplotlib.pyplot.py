"""Plots as `matplotlib.pyplot` makes them; `show` puts the figure into the cell's output."""

from matplotlib.axes import Axes
from matplotlib.figures import put
from matplotlib.marks import escaped


class Figure:
    def __init__(self, figsize=None):
        self.figsize = figsize or (6.4, 4.8)
        self.shape = (1, 1)
        self.axes = []
        self.title = ""

    def add_subplot(self, rows=1, columns=1, index=1, **others):
        if rows > 9:
            rows, columns, index = rows // 100, rows // 10 % 10, rows % 10
        self.shape = (rows, columns)
        for held, ax in self.axes:
            if held == index:
                return ax
        self.axes.append((index, Axes()))
        return self.axes[-1][1]

    def suptitle(self, t, **others):
        self.title = t

    def tight_layout(self, **others):
        pass

    def colorbar(self, *args, **others):
        pass

    def savefig(self, *args, **others):
        pass

    def show(self):
        put(self.svg())

    def svg(self):
        width, height = 80 * self.figsize[0], 80 * self.figsize[1]
        top = 28 if self.title else 0
        rows, columns = self.shape
        w, h = width / columns, (height - top) / rows
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" font-family="sans-serif" font-size="10"><rect width="100%" height="100%" fill="white"/>'
        ]
        if self.title:
            parts.append(f'<text x="{width / 2:g}" y="19" text-anchor="middle" font-size="14">{escaped(self.title)}</text>')
        for index, ax in self.axes:
            parts.append(ax.svg((index - 1) % columns * w, top + (index - 1) // columns * h, w, h))
        return "".join(parts) + "</svg>"


class _Grid:
    """Axes in an array: `axs[0, 1]`, `axs.flat`."""

    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.rows[key[0]][key[1]]
        row = self.rows[key]
        return _Grid(row) if isinstance(row, list) else row

    def __len__(self):
        return len(self.rows)

    @property
    def flat(self):
        return [ax for row in self.rows for ax in (row if isinstance(row, list) else [row])]

    def flatten(self):
        return self.flat

    ravel = flatten


class _Style:
    def use(self, name):
        pass


_current = [None]
style = _Style()
rcParams = {}


def figure(num=None, figsize=None, **others):
    _current[0] = Figure(figsize)
    return _current[0]


def gcf():
    return _current[0] or figure()


def gca():
    fig = gcf()
    return fig.axes[-1][1] if fig.axes else fig.add_subplot()


def subplot(*args, **others):
    fig = gcf()
    ax = fig.add_subplot(*args)
    fig.axes.sort(key=lambda held: held[1] is ax)
    return ax


def subplots(nrows=1, ncols=1, figsize=None, **others):
    fig = figure(figsize=figsize)
    grid = [[fig.add_subplot(nrows, ncols, i * ncols + j + 1) for j in range(ncols)] for i in range(nrows)]
    if nrows == 1 and ncols == 1:
        return fig, grid[0][0]
    if nrows == 1 or ncols == 1:
        return fig, _Grid([ax for row in grid for ax in row])
    return fig, _Grid(grid)


def show(*args, **others):
    if _current[0] is not None and _current[0].axes:
        _current[0].show()
    _current[0] = None


def close(*args):
    _current[0] = None


def clf():
    gcf().axes.clear()


def cla():
    gca().clear()


def pause(interval):
    pass


def ion():
    pass


def ioff():
    pass


def savefig(*args, **others):
    pass


def tight_layout(**others):
    pass


def colorbar(*args, **others):
    pass


def suptitle(t, **others):
    gcf().suptitle(t)


def plot(*args, **options):
    return gca().plot(*args, **options)


def semilogy(*args, **options):
    return gca().semilogy(*args, **options)


def semilogx(*args, **options):
    return gca().semilogx(*args, **options)


def loglog(*args, **options):
    return gca().loglog(*args, **options)


def scatter(*args, **options):
    return gca().scatter(*args, **options)


def bar(*args, **options):
    return gca().bar(*args, **options)


def barh(*args, **options):
    return gca().barh(*args, **options)


def hist(*args, **options):
    return gca().hist(*args, **options)


def errorbar(*args, **options):
    return gca().errorbar(*args, **options)


def fill_between(*args, **options):
    return gca().fill_between(*args, **options)


def imshow(*args, **options):
    return gca().imshow(*args, **options)


def matshow(*args, **options):
    return gca().imshow(*args, **options)


def contour(*args, **options):
    return gca().contour(*args, **options)


def contourf(*args, **options):
    return gca().contourf(*args, **options)


def axhline(*args, **options):
    return gca().axhline(*args, **options)


def axvline(*args, **options):
    return gca().axvline(*args, **options)


def text(*args, **options):
    return gca().text(*args, **options)


def annotate(*args, **options):
    return gca().annotate(*args, **options)


def title(label, **options):
    gca().set_title(label)


def xlabel(label, **options):
    gca().set_xlabel(label)


def ylabel(label, **options):
    gca().set_ylabel(label)


def xlim(*args, **options):
    gca().set_xlim(*args, **options)


def ylim(*args, **options):
    gca().set_ylim(*args, **options)


def xscale(value, **options):
    gca().set_xscale(value)


def yscale(value, **options):
    gca().set_yscale(value)


def xticks(ticks=(), labels=None, **options):
    gca().set_xticks(ticks, labels)


def yticks(ticks=(), labels=None, **options):
    gca().set_yticks(ticks, labels)


def grid(*args, **options):
    gca().grid(*args, **options)


def legend(*args, **options):
    gca().legend(*args, **options)


def axis(*args):
    gca().axis(*args)
