"""The state of a random generator as a few numbers, so that it can be drawn from on either side of the line."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["Words", "set_words", "words_of"]

Words = tuple[int, int, int, int]  # state, has_uint32, uinteger, increment

LARGEST = 2**128


def words_of(generator: np.random.Generator) -> Words:
    """The state of a generator over PCG64, which `default_rng` gives."""
    state: Any = generator.bit_generator.state
    return state["state"]["state"], state["has_uint32"], state["uinteger"], state["state"]["inc"]


def set_words(
    generator: np.random.Generator, state: Any, has_uint32: Any, uinteger: Any, increment: Any = None
) -> None:
    """Set the state of a generator. Raises `ValueError` for words that are none: they may not reach NumPy."""
    increment = words_of(generator)[3] if increment is None else increment
    words = (state, has_uint32, uinteger, increment)
    if not all(type(word) is int and word >= 0 for word in words) or increment % 2 == 0:
        raise ValueError("no state")
    if max(state, increment) >= LARGEST or uinteger >= 2**32 or has_uint32 > 1:
        raise ValueError("no state")
    generator.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": state, "inc": increment},
        "has_uint32": has_uint32,
        "uinteger": uinteger,
    }
