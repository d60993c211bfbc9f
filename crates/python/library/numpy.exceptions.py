"""What NumPy raises besides Python's own."""

from numpy import AxisError
