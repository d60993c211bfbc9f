"""Plots, drawn as SVG; see `matplotlib.pyplot`."""


def use(backend, **options):
    pass
