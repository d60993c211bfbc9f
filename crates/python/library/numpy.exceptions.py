"""What NumPy raises besides Python's own."""

from numpy import AxisError


class RankWarning(RuntimeWarning):
    pass


class VisibleDeprecationWarning(UserWarning):
    pass
