"""Managers for `with`."""

from functools import wraps as _wraps


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @_wraps(func)
        def inner(*args, **kwargs):
            with self._recreate_cm():
                return func(*args, **kwargs)

        return inner


class _GeneratorContextManager(ContextDecorator):
    __module__ = "contextlib"

    def __init__(self, func, args, kwargs):
        self.gen = func(*args, **kwargs)
        self._made = func, args, kwargs

    def _recreate_cm(self):
        return _GeneratorContextManager(*self._made)

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as stop:
            return stop is not value
        except RuntimeError as error:
            if error is value or isinstance(value, StopIteration) and error.__cause__ is value:
                return False
            raise
        except BaseException as error:
            if error is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(func):
    @_wraps(func)
    def helper(*args, **kwargs):
        return _GeneratorContextManager(func, args, kwargs)

    return helper


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, typ, value, traceback):
        return None


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __exit__(self, typ, value, traceback):
        return typ is not None and issubclass(typ, self._exceptions)


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, typ, value, traceback):
        self.thing.close()


class ExitStack(AbstractContextManager):
    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        entered = type(cm).__enter__(cm)
        self._exits.append(lambda *details: type(cm).__exit__(cm, *details))
        return entered

    def push(self, exit):
        self._exits.append(lambda *details: type(exit).__exit__(exit, *details))
        return exit

    def callback(self, callback, /, *args, **kwargs):
        def run(*details):
            callback(*args, **kwargs)

        self._exits.append(run)
        return callback

    def pop_all(self):
        new = ExitStack()
        new._exits, self._exits = self._exits, []
        return new

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, typ, value, traceback):
        pending = value
        while self._exits:
            leave = self._exits.pop()
            try:
                if leave(type(pending) if pending is not None else None, pending, None):
                    pending = None
            except BaseException as error:
                pending = error
        if pending is not None and pending is not value:
            raise pending
        return value is not None and pending is None
