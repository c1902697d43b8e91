"""A generator's PCG64 state as four numbers, so that a child can draw what the judge's own generator would."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["PCG64State", "generator_in", "state_of"]

PCG64State = tuple[int, int, int, int]  # state, has_uint32, uinteger, increment


def state_of(generator: np.random.Generator) -> PCG64State:
    """Return the state of a generator over PCG64, which is what `default_rng` makes."""
    state: Any = generator.bit_generator.state
    return state["state"]["state"], state["has_uint32"], state["uinteger"], state["state"]["inc"]


def generator_in(state: Any, has_uint32: Any, uinteger: Any, increment: Any) -> np.random.Generator:
    """Make a generator in this state. Raises `ValueError` for an invalid one, which NumPy would not survive."""
    numbers = (state, has_uint32, uinteger, increment)
    if not all(type(number) is int and number >= 0 for number in numbers) or increment % 2 == 0:
        raise ValueError("invalid PCG64 state")
    if max(state, increment) >= 2**128 or uinteger >= 2**32 or has_uint32 > 1:
        raise ValueError("invalid PCG64 state")
    bits = np.random.PCG64()
    bits.state = {
        "bit_generator": "PCG64",
        "state": {"state": state, "inc": increment},
        "has_uint32": has_uint32,
        "uinteger": uinteger,
    }
    return np.random.Generator(bits)
