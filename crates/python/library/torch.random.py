"""The generator that is used where none is named."""

from contextlib import contextmanager

import torch
from torch import default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state


@contextmanager
def fork_rng(devices=None, enabled=True):
    state = get_rng_state()
    try:
        yield
    finally:
        if enabled:
            set_rng_state(state)
