"""Characters by kind."""

whitespace = " \t\n\r\x0b\x0c"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = "0123456789abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class Template:
    __module__ = "string"
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _filled(self, values, safe):
        out, rest = [], self.template
        while True:
            before, mark, rest = rest.partition("$")
            out.append(before)
            if not mark:
                return "".join(out)
            if rest.startswith("$"):
                out.append("$")
                rest = rest[1:]
                continue
            braces = rest.startswith("{")
            at = int(braces)
            while at < len(rest) and (rest[int(braces) : at + 1]).isidentifier() and rest[at].isascii():
                at += 1
            name = rest[int(braces) : at]
            whole = rest[: at + braces]
            if not name or braces and not whole.endswith("}"):
                if not safe:
                    done = "".join(out)
                    line = done.count("\n") + 1
                    column = len(done) - done.rfind("\n")
                    raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")
                out.append("$")
                continue
            if name in values:
                out.append(str(values[name]))
            elif safe:
                out.append("$" + whole)
            else:
                raise KeyError(name)
            rest = rest[len(whole) :]

    def substitute(self, mapping=None, /, **kwargs):
        return self._filled({**(mapping or {}), **kwargs}, False)

    def safe_substitute(self, mapping=None, /, **kwargs):
        return self._filled({**(mapping or {}), **kwargs}, True)
