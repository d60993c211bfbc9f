"""Tables as text, a row a line."""


class Error(Exception):
    __module__ = "_csv"


QUOTE_MINIMAL, QUOTE_ALL = 0, 1


def reader(csvfile, dialect="excel", *, delimiter=",", quotechar='"', skipinitialspace=False, **others):
    row, field, quoted, inside = [], "", False, False
    for line in csvfile:
        text = line.rstrip("\r\n") if not inside else line
        if not inside and not quoted and quotechar not in text:
            parts = text.split(delimiter) if text else []
            yield [part.lstrip() for part in parts] if skipinitialspace else parts
            continue
        at = 0
        while at < len(text):
            c = text[at]
            at += 1
            if inside:
                if c != quotechar:
                    field += c
                elif text[at : at + 1] == quotechar:
                    field += c
                    at += 1
                else:
                    inside = False
                    text = text.rstrip("\r\n")
            elif c == quotechar and not field:
                inside = quoted = True
            elif c == delimiter:
                row.append(field)
                field, quoted = "", False
            elif not (c == " " and skipinitialspace and not field):
                field += c
        if inside:
            if not text.endswith("\n"):
                field += "\n"
            continue
        row.append(field)
        yield row
        row, field, quoted = [], "", False
    if row or field:
        yield row + [field]


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, **options):
        self.reader = reader(f, **options)
        self.fieldnames = next(self.reader) if fieldnames is None else fieldnames
        self.restkey = restkey
        self.restval = restval

    def __iter__(self):
        return self

    def __next__(self):
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        names = self.fieldnames
        found = dict(zip(names, row))
        if len(row) > len(names):
            found[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            found[name] = self.restval
        return found


class writer:
    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"', lineterminator="\r\n", quoting=0, **others):
        self.file = csvfile
        self.delimiter = delimiter
        self.quotechar = quotechar
        self.end = lineterminator
        self.quoting = quoting

    def _text(self, value):
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        quote = self.quotechar
        if self.quoting == QUOTE_ALL or any(c in text for c in (self.delimiter, quote, "\n", "\r")):
            return quote + text.replace(quote, quote + quote) + quote
        return text

    def writerow(self, row):
        return self.file.write(self.delimiter.join([self._text(value) for value in row]) + self.end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", **options):
        self.fieldnames = fieldnames
        self.restval = restval
        self.writer = writer(f, **options)

    def writeheader(self):
        self.writer.writerow(self.fieldnames)

    def writerow(self, row):
        wrong = [key for key in row if key not in self.fieldnames]
        if wrong:
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(key) for key in wrong]))
        return self.writer.writerow([row.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
