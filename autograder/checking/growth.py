"""How running time grows with size, on a shared machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .check import clock

__all__ = ["growth", "tries"]

TRIES = 3
LINEAR = 1.3  # growth up to this counts as linear: no further try is needed


def growth(run: Callable[[int], Any], few: int, many: int) -> float:
    """Return the time of run(many) over that of many / few runs of run(few): 1 if time is linear.

    If time is linear, both sides take about as long, so a busy machine slows them alike. The shortest of a few
    tries counts on either side, since other work only adds time.
    """
    return list(tries(run, few, many))[-1]


def tries(run: Callable[[int], Any], few: int, many: int) -> Iterator[float]:
    """Yield the growth known after each try; stop once it is linear."""
    small = large = float("inf")
    before = many // few // 2  # on both sides of the long run, since a burst of other work rarely slows both
    for _ in range(TRIES):
        began = _seconds(run, few, before)
        large = min(large, _seconds(run, many, 1))
        small = min(small, began + _seconds(run, few, many // few - before))
        yield large / small
        if large <= LINEAR * small:
            return


def _seconds(run: Callable[[int], Any], size: int, times: int) -> float:
    began = clock()
    for _ in range(times):
        run(size)
    return clock() - began
