"""Paragraphs of a width."""


def _chunks(text):
    chunks = []
    for word in text.split():
        start = 0
        for i in range(1, len(word) - 1):
            if word[i] == "-" and word[i - 1].isalpha() and word[i + 1].isalpha() and i - start > 1:
                chunks.append((word[start : i + 1], start == 0))
                start = i + 1
        chunks.append((word[start:], start == 0))
    return chunks


def wrap(
    text,
    width=70,
    *,
    initial_indent="",
    subsequent_indent="",
    max_lines=None,
    placeholder=" [...]",
    break_long_words=True,
    **options,
):
    lines = []
    line = ""
    chunks = _chunks(text)
    chunks.reverse()
    while chunks:
        room = width - len(subsequent_indent if lines else initial_indent)
        chunk, apart = chunks.pop()
        gap = " " if line and apart else ""
        if len(line) + len(gap) + len(chunk) <= room:
            line += gap + chunk
            continue
        left = room - len(line) - len(gap)
        if len(chunk) > room and break_long_words and left > 0:
            line += gap + chunk[:left]
            chunk, apart = chunk[left:], False
        elif not line:
            line, chunk = chunk, ""
        lines.append(line)
        line = ""
        if chunk:
            chunks.append((chunk, apart))
    if line:
        lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        lines = lines[:max_lines]
        last = lines[-1].split(" ")
        while last and len(" ".join(last)) + len(placeholder) > width:
            last.pop()
        lines[-1] = " ".join(last) + placeholder if last else placeholder.lstrip()
    return [(subsequent_indent if i else initial_indent) + line for i, line in enumerate(lines)]


def fill(text, width=70, **options):
    return "\n".join(wrap(text, width, **options))


def shorten(text, width, *, placeholder=" [...]"):
    return fill(" ".join(text.strip().split()), width, max_lines=1, placeholder=placeholder)


def dedent(text):
    lines = [line if line.strip() else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if line:
            indent = line[: len(line) - len(line.lstrip())]
            if margin is None:
                margin = indent
            while not indent.startswith(margin):
                margin = margin[:-1]
    return "\n".join(line[len(margin or "") :] for line in lines)


def indent(text, prefix, predicate=None):
    def wanted(line):
        return line.strip() if predicate is None else predicate(line)

    return "".join(prefix + line if wanted(line) else line for line in text.splitlines(True))
