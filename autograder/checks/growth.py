"""How the time of a run grows with its size, on a machine that others use as well."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["growth"]

TRIES = 3


def growth(run: Callable[[int], Any], few: int, many: int) -> float:
    """Give the time of run(many) over that of as many runs of run(few) as make up `many`: 1 where time is linear.

    Both take about as long where the time is linear, so a busy machine slows both alike. The shortest of a few
    tries counts on either side, for other work only ever adds time.
    """
    small = large = float("inf")
    for _ in range(TRIES):  # in turn, for the machine's other work comes and goes
        small = min(small, _seconds(run, few, many // few))
        large = min(large, _seconds(run, many, 1))
    return large / small


def _seconds(run: Callable[[int], Any], size: int, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        run(size)
    return time.perf_counter() - began
