"""Values as text and back."""

_escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_back = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class JSONDecodeError(ValueError):
    __module__ = "json.decoder"

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno


def _quoted(text, ascii):
    out = []
    for c in text:
        code = ord(c)
        if c in _escapes:
            out.append(_escapes[c])
        elif code < 32 or ascii and 126 < code < 65536:
            out.append(f"\\u{code:04x}")
        elif ascii and code >= 65536:
            code -= 65536
            out.append(f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 1023):04x}")
        else:
            out.append(c)
    return f'"{"".join(out)}"'


def _float(x):
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(x), repr(x))


class _Writer:
    def __init__(self, skipkeys, ascii, indent, separators, default, sort_keys):
        self.skipkeys = skipkeys
        self.ascii = ascii
        self.indent = " " * indent if isinstance(indent, int) else indent
        self.comma, self.colon = separators or ("," if indent is not None else ", ", ": ")
        self.default = default
        self.sort_keys = sort_keys
        self.around = []

    def lines(self, open, parts, close, depth):
        if self.indent is None:
            return open + self.comma.join(parts) + close
        start = "\n" + self.indent * (depth + 1)
        return open + start + (self.comma + start).join(parts) + "\n" + self.indent * depth + close

    def key(self, key):
        if isinstance(key, str):
            return key
        if key is True or key is False or key is None:
            return {True: "true", False: "false", None: "null"}[key]
        if isinstance(key, int):
            return int.__repr__(key)
        if isinstance(key, float):
            return _float(key)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")

    def write(self, value, depth):
        if isinstance(value, str):
            return _quoted(value, self.ascii)
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return _float(float(value))
        if any(one is value for one in self.around):
            raise ValueError("Circular reference detected")
        self.around.append(value)
        if isinstance(value, dict):
            pairs = sorted(value.items()) if self.sort_keys else value.items()
            keys = [(self.key(key), one) for key, one in pairs]
            parts = [
                _quoted(key, self.ascii) + self.colon + self.write(one, depth + 1)
                for key, one in keys
                if key is not None
            ]
            text = self.lines("{", parts, "}", depth) if parts else "{}"
        elif isinstance(value, (list, tuple)):
            parts = [self.write(one, depth + 1) for one in value]
            text = self.lines("[", parts, "]", depth) if parts else "[]"
        elif self.default is not None:
            text = self.write(self.default(value), depth)
        else:
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        self.around.pop()
        return text


def dumps(
    obj,
    *,
    skipkeys=False,
    ensure_ascii=True,
    check_circular=True,
    allow_nan=True,
    cls=None,
    indent=None,
    separators=None,
    default=None,
    sort_keys=False,
):
    return _Writer(skipkeys, ensure_ascii, indent, separators, default, sort_keys).write(obj, 0)


def dump(obj, fp, **options):
    fp.write(dumps(obj, **options))


class _Reader:
    def __init__(self, text, hook, pairs):
        self.text = text
        self.hook = hook
        self.pairs = pairs

    def skip(self, at):
        while at < len(self.text) and self.text[at] in " \t\n\r":
            at += 1
        return at

    def fail(self, what, at):
        raise JSONDecodeError(what, self.text, at)

    def value(self, at):
        text = self.text
        c = text[at : at + 1]
        if c == '"':
            return self.string(at + 1)
        if c == "{":
            return self.object(at + 1)
        if c == "[":
            return self.array(at + 1)
        for word, value in _words.items():
            if text.startswith(word, at):
                return value, at + len(word)
        return self.number(at)

    def number(self, at):
        text, start = self.text, at
        at += text.startswith("-", at)
        digits = self.digits(at)
        if digits == at:
            self.fail("Expecting value", start)
        end = at + 1 if text[at] == "0" else digits
        whole = True
        if text.startswith(".", end) and self.digits(end + 1) > end + 1:
            end = self.digits(end + 1)
            whole = False
        if text[end : end + 1] in ("e", "E"):
            after = end + 1 + (text[end + 1 : end + 2] in ("+", "-"))
            if self.digits(after) > after:
                end = self.digits(after)
                whole = False
        return (int if whole else float)(text[start:end]), end

    def digits(self, at):
        while at < len(self.text) and self.text[at] in "0123456789":
            at += 1
        return at

    def string(self, at):
        text, start, parts = self.text, at - 1, []
        while True:
            c = text[at : at + 1]
            if c == "":
                self.fail("Unterminated string starting at", start)
            if c == '"':
                return "".join(parts), at + 1
            if c == "\\":
                c = text[at + 1 : at + 2]
                if c == "u":
                    try:
                        code = int(text[at + 2 : at + 6], 16)
                    except ValueError:
                        self.fail("Invalid \\uXXXX escape", at + 2)
                    at += 4
                    if 0xD800 <= code < 0xDC00 and text.startswith("\\u", at + 2):
                        code = 65536 + ((code & 1023) << 10 | int(text[at + 4 : at + 8], 16) & 1023)
                        at += 6
                    parts.append(chr(code))
                elif c in _back:
                    parts.append(_back[c])
                else:
                    self.fail("Invalid \\escape", at)
                at += 2
                continue
            if c < " ":
                self.fail("Invalid control character at", at)
            parts.append(c)
            at += 1

    def array(self, at):
        items = []
        at = self.skip(at)
        if self.text.startswith("]", at):
            return items, at + 1
        while True:
            item, at = self.value(at)
            items.append(item)
            at = self.skip(at)
            c = self.text[at : at + 1]
            if c == "]":
                return items, at + 1
            if c != ",":
                self.fail("Expecting ',' delimiter", at)
            at = self.skip(at + 1)

    def object(self, at):
        pairs = []
        at = self.skip(at)
        if self.text.startswith("}", at):
            return self.made(pairs), at + 1
        while True:
            if not self.text.startswith('"', at):
                self.fail("Expecting property name enclosed in double quotes", at)
            key, at = self.string(at + 1)
            at = self.skip(at)
            if not self.text.startswith(":", at):
                self.fail("Expecting ':' delimiter", at)
            value, at = self.value(self.skip(at + 1))
            pairs.append((key, value))
            at = self.skip(at)
            c = self.text[at : at + 1]
            if c == "}":
                return self.made(pairs), at + 1
            if c != ",":
                self.fail("Expecting ',' delimiter", at)
            at = self.skip(at + 1)

    def made(self, pairs):
        if self.pairs is not None:
            return self.pairs(pairs)
        return dict(pairs) if self.hook is None else self.hook(dict(pairs))


_words = {
    "null": None,
    "true": True,
    "false": False,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


def loads(s, *, cls=None, object_hook=None, object_pairs_hook=None, **options):
    if isinstance(s, bytes):
        s = s.decode()
    if not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {type(s).__name__}")
    reader = _Reader(s, object_hook, object_pairs_hook)
    value, at = reader.value(reader.skip(0))
    at = reader.skip(at)
    if at != len(s):
        raise JSONDecodeError("Extra data", s, at)
    return value


def load(fp, **options):
    return loads(fp.read(), **options)
