"""How the time of a run grows with its size, on a machine that others use as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .check import clock

__all__ = ["growth", "tries"]

TRIES = 3
LINEAR = 1.3  # a try that comes out like this needs no other


def growth(run: Callable[[int], Any], few: int, many: int) -> float:
    """Give the time of run(many) over that of as many runs of run(few) as make up `many`: 1 where time is linear.

    Both take about as long where the time is linear, so a busy machine slows both alike. The shortest of a few
    tries counts on either side, for other work only ever adds time.
    """
    return list(tries(run, few, many))[-1]


def tries(run: Callable[[int], Any], few: int, many: int) -> Iterator[float]:
    """Give the growth as it is known after each try; one that shows linear time is the last."""
    small = large = float("inf")
    before = many // few // 2  # on either side of the long run, for a burst of other work slows not both
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
