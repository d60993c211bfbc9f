"""Warnings, told once for each text."""

import sys as _sys

_told = set()
_ignored = []


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    category = category or UserWarning
    key = (category, str(message))
    if key in _told or any(issubclass(category, one) for one in _ignored):
        return
    _told.add(key)
    _sys.stderr.write(f"{_sys.argv[0]}: {category.__name__}: {message}\n")


def simplefilter(action, category=Warning, lineno=0, append=False):
    if action == "ignore":
        _ignored.append(category)
    else:
        _ignored.clear()


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    simplefilter(action, category)


def resetwarnings():
    _ignored.clear()


class catch_warnings:
    def __init__(self, *, record=False, action=None, category=Warning):
        self._action = action

    def __enter__(self):
        self._held = list(_ignored)
        if self._action:
            simplefilter(self._action)
        return None

    def __exit__(self, *details):
        _ignored[:] = self._held
