"""What the checks of `train` and `sweep` share: runs that settle, and runs that diverge."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checking import Call
from course.testing.value import difference

from .line_data import LineData

ROUNDING = 1e-6  # what a loss or a parameter near zero may differ by; central differences are a right gradient
HUGE = 1e8  # up to here the losses of a diverging run are compared
LONG = 30  # epochs after which a diverging run has left the floats
FAR = 4e10  # times the largest rate, for a diverging run
SETTLED = 35  # epochs after which a run at the best rate has arrived: each leaves less than two thirds


def is_sequence(call: Call) -> bool:
    """The call returned a list, a tuple or an array."""
    return isinstance(call.value, (list, tuple, np.ndarray))


def diverging(rng: np.random.Generator) -> tuple[LineData, float]:
    """Draw data, and a rate at which w and b (and long before them the loss) pass the largest float within `LONG`.

    At k times the largest rate they grow by 2 k - 1 in every epoch.
    """
    data = LineData.drawn(rng, 15)
    return data, FAR * data.largest_rate()


def diverges_like(losses: Any, right: list[float]) -> bool:
    """As many losses, equal as long as they can be compared, and huge, inf or nan at the end."""
    finite = [loss for loss in right if loss < HUGE]
    got = list(losses)
    same = not difference([float(loss) for loss in got[: len(finite)]], finite, rtol=1e-5)
    return same and len(got) == len(right) and not got[-1] < HUGE
