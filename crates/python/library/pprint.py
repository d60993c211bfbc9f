"""Containers over several lines."""


def _sorted(items):
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: (str(type(item)), id(item)))


def _text(value, sort):
    if type(value) is dict and sort:
        items = _by_key(value.items())
        return "{" + ", ".join(f"{_text(k, sort)}: {_text(v, sort)}" for k, v in items) + "}"
    if type(value) is list:
        return "[" + ", ".join(_text(x, sort) for x in value) + "]"
    if type(value) is tuple:
        return "(" + ", ".join(_text(x, sort) for x in value) + (",)" if len(value) == 1 else ")")
    return repr(value)


def _by_key(items):
    try:
        return sorted(items, key=lambda pair: pair[0])
    except TypeError:
        return sorted(items, key=lambda pair: (str(type(pair[0])), id(pair[0])))


def _format(value, width, sort, indent, column, allowance, depth, out):
    text = _shallow(value, sort, depth)
    if len(text) <= width - column - allowance or depth == 0:
        out.append(text)
        return
    inner = None if depth is None else depth - 1
    if type(value) is dict and value:
        items = _by_key(value.items()) if sort else list(value.items())
        out.append("{" + " " * (indent - 1))
        for i, (key, one) in enumerate(items):
            shown = _text(key, sort)
            last = i == len(items) - 1
            out.append(f"{shown}: ")
            at = column + indent + len(shown) + 2
            _format(one, width, sort, indent, at, allowance + 1 if last else 1, inner, out)
            out.append("" if last else ",\n" + " " * (column + indent))
        out.append("}")
    elif type(value) in (list, tuple, set, frozenset) and value:
        kind = type(value)
        open, close = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), frozenset: ("frozenset({", "})")}[kind]
        items = list(value) if kind in (list, tuple) else _sorted(value)
        column += len(open) - 1
        close = ",)" if kind is tuple and len(items) == 1 else close
        out.append(open + " " * (indent - 1))
        for i, one in enumerate(items):
            last = i == len(items) - 1
            room = allowance + len(close) if last else 1
            _format(one, width, sort, indent, column + indent, room, inner, out)
            out.append("" if last else ",\n" + " " * (column + indent))
        out.append(close)
    else:
        out.append(text)


def _shallow(value, sort, depth):
    if depth == 0 and type(value) in (list, tuple, dict) and value:
        return {list: "[...]", tuple: "(...)", dict: "{...}"}[type(value)]
    return _text(value, sort)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    out = []
    _format(object, width, sort_dicts, indent, 0, 0, depth, out)
    return "".join(out)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, **options):
    print(pformat(object, indent, width, depth, sort_dicts=sort_dicts), file=stream)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)
