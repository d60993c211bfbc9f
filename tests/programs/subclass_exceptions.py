# Exceptions of one's own.


class AppError(Exception):
    """Something of ours went wrong."""

    code = 1

    def __init__(self, message, detail=None):
        super().__init__(message)
        self.detail = detail


class NotFound(AppError, KeyError):
    code = 404

    def __str__(self):
        return f"[{self.code}] {self.args[0]}"


try:
    raise NotFound("no such page", detail="/x")
except AppError as e:
    print(e, e.detail, e.args, repr(e), type(e).__name__, isinstance(e, KeyError), e.__doc__)
try:
    raise AppError
except TypeError as e:
    print(e)


class Quiet(ValueError):
    pass


for error in (Quiet(), Quiet("one"), Quiet("one", 2), Quiet(None)):
    print(str(error), repr(error), error.args)
try:
    raise Quiet
except ValueError as e:
    print(repr(e), e.__class__.__mro__[1].__name__)


class Validation(Exception):
    def __init__(self, field, problem):
        self.field = field
        self.problem = problem

    def __repr__(self):
        return f"Validation({self.field})"


e = Validation("age", "negative")
print(e, repr(e), e.args, e.field)
print([c.__name__ for c in NotFound.__mro__])
e = KeyError("k")
e.note = "extra"
print(e, e.note, str(KeyError("a b")), LookupError("x").args)
e.add_note("added later")
print(e.__notes__)
