"""The parts of `numpy.lib` that programs name."""
