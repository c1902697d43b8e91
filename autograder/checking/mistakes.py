"""Typical mistakes as seen from outside: tests of a call, and their sentences.

A check recognises a mistake by its value or by a test of the call; those below occur in every lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from course.testing import trial
from course.testing.value import difference

from .call import Call, Test

__all__ = [
    "CHANGED",
    "COMMON",
    "NOTHING",
    "OVERFLOW",
    "Common",
    "Test",
    "away_from_zero",
    "changed",
    "has_items",
    "like",
    "mixtures",
    "nothing",
    "raised",
    "readable",
]

NOTHING = "The function ends without handing anything back: what is only printed or stored in a name is lost."
CHANGED = "After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."
OVERFLOW = (
    "Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."
)


def nothing(call: trial.Call) -> bool:
    """Return whether the call finished and returned None."""
    return call.error is None and call.value is None


def changed(call: trial.Call) -> bool:
    """Return whether the call changed an argument."""
    return bool(call.changed)


def raised(call: trial.Call) -> bool:
    """Return whether the call raised an exception."""
    return call.error is not None


def like(call: Call, *wrong: Any) -> Test:
    """Return a test of whether `call`, as a whole, returned one of these wrong values."""
    return lambda _: any(not difference(call.value, value) for value in wrong)


def mixtures(right: Sequence[float], wrong: Sequence[float]) -> list[tuple[float, ...]]:
    """Return all tuples with each entry from `right` or `wrong`, at least one from `wrong`."""
    return list(product(*zip(right, wrong, strict=True)))[1:]


def away_from_zero(rng: np.random.Generator) -> float:
    """Draw a parameter that hides no mistake: of either sign, and away from 0 and ±1."""
    size = rng.uniform(0.4, 0.8) if rng.random() < 0.5 else rng.uniform(1.3, 2.6)
    return readable(size if rng.random() < 0.5 else -size)


def readable(number: float) -> float:
    """Round to three significant digits, so that a message shows exactly what was passed in."""
    return float(f"{number:.3g}")


def has_items(count: int) -> Callable[[Any], bool]:
    """Return a test of whether a value is a tuple or list of `count` items."""
    return lambda value: isinstance(value, (tuple, list)) and len(value) == count


@dataclass(frozen=True)
class Common:
    """A misconception of nearly every exercise: its sentence, its test, and its entry in a visible test."""

    sentence: str
    test: Test
    visible: str  # the source of a wrong value, or of a test of the call


COMMON = {
    "returns_nothing": Common(NOTHING, nothing, "None"),
    "changes_argument": Common(CHANGED, changed, "lambda call: call.changed"),
}
