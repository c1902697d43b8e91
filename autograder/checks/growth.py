"""How the time of a run grows with its size, on a machine that others use as well."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["growth"]

TRIES = 5


def growth(run: Callable[[int], Any], few: int, many: int, below: float) -> float:
    """Give the time of run(many) over that of run(few): the shortest of each, tried until it is under `below`.

    Other work on the machine only ever adds time, so the shortest of a few tries is the nearest to the truth.
    """
    shortest = {few: float("inf"), many: float("inf")}
    for _ in range(TRIES):
        for size in (few, few, many):
            began = time.perf_counter()
            run(size)
            shortest[size] = min(shortest[size], time.perf_counter() - began)
        if shortest[many] < below * shortest[few]:
            break
    return shortest[many] / shortest[few]
