"""Iterators built from iterators."""

_missing = object()


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    held = []
    for x in iterable:
        yield x
        held.append(x)
    while held:
        yield from held


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    values = iter(iterable)
    total = initial
    if initial is None:
        total = next(values, _missing)
        if total is _missing:
            return
    yield total
    for x in values:
        total = total + x if func is None else func(total, x)
        yield total


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


def _chained(iterables):
    for iterable in iterables:
        yield from iterable


chain.from_iterable = _chained


def compress(data, selectors):
    return (x for x, keep in zip(data, selectors) if keep)


def dropwhile(predicate, iterable):
    values = iter(iterable)
    for x in values:
        if not predicate(x):
            yield x
            break
    yield from values


def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            break
        yield x


def filterfalse(predicate, iterable):
    for x in iterable:
        if not (x if predicate is None else predicate(x)):
            yield x


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def pairwise(iterable):
    values = iter(iterable)
    a = next(values, _missing)
    for b in values:
        yield a, b
        a = b


def islice(iterable, *args):
    bounds = slice(*args)
    for bound in (bounds.start, bounds.stop):
        if bound is not None and (not isinstance(bound, int) or bound < 0):
            what = "Stop argument" if len(args) == 1 else "Indices"
            raise ValueError(f"{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if bounds.step is not None and bounds.step < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _sliced(iter(iterable), bounds.start or 0, bounds.stop, bounds.step or 1)


def _sliced(values, wanted, stop, step):
    at = 0
    while stop is None or at < stop:
        if stop is not None and wanted >= stop:
            for _ in range(stop - at):
                next(values, None)
            return
        x = next(values, _missing)
        if x is _missing:
            return
        if at == wanted:
            yield x
            wanted += step
        at += 1


def tee(iterable, n=2):
    source = iter(iterable)
    queues = [[] for _ in range(n)]

    def follow(own):
        while True:
            if not own:
                x = next(source, _missing)
                if x is _missing:
                    return
                for queue in queues:
                    queue.append(x)
            yield own.pop(0)

    return tuple(follow(queue) for queue in queues)


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    open_ones = len(iterators)
    ended = [False] * len(iterators)
    while open_ones:
        row = []
        for i, values in enumerate(iterators):
            x = _missing if ended[i] else next(values, _missing)
            if x is _missing:
                if not ended[i]:
                    ended[i] = True
                    open_ones -= 1
                x = fillvalue
            row.append(x)
        if open_ones:
            yield tuple(row)


class groupby:
    def __init__(self, iterable, key=None):
        self._values = iter(iterable)
        self._of = key
        self._held = _missing
        self._key = _missing
        self._turn = 0
        self._fetch()

    def _fetch(self):
        self._held = next(self._values, _missing)
        if self._held is not _missing:
            self._next_key = self._held if self._of is None else self._of(self._held)

    def __iter__(self):
        return self

    def __next__(self):
        while self._held is not _missing and self._key is not _missing and self._next_key == self._key:
            self._fetch()
        if self._held is _missing:
            raise StopIteration
        self._key = self._next_key
        self._turn += 1
        return self._key, self._group(self._turn)

    def _group(self, turn):
        while self._turn == turn and self._held is not _missing and self._next_key == self._key:
            yield self._held
            self._fetch()


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    return _products(pools)


def _products(pools):
    at = [0] * len(pools)
    if any(not pool for pool in pools):
        return
    while True:
        yield tuple(pool[i] for pool, i in zip(pools, at))
        for k in reversed(range(len(pools))):
            at[k] += 1
            if at[k] < len(pools[k]):
                break
            at[k] = 0
        else:
            return


def _chosen(pool, r, follows):
    if r < 0:
        raise ValueError("r must be non-negative")
    return (tuple(pool[i] for i in at) for at in _choices(len(pool), r, (), follows))


def _choices(n, r, taken, follows):
    if len(taken) == r:
        yield taken
        return
    for i in range(n):
        if follows(taken, i):
            yield from _choices(n, r, (*taken, i), follows)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    return _chosen(pool, len(pool) if r is None else r, lambda taken, i: i not in taken)


def combinations(iterable, r):
    return _chosen(tuple(iterable), r, lambda taken, i: not taken or i > taken[-1])


def combinations_with_replacement(iterable, r):
    return _chosen(tuple(iterable), r, lambda taken, i: not taken or i >= taken[-1])
