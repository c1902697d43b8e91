"""The check of `mse`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import raised
from course.testing.value import difference


@check("returns_nothing", "changes_argument")
def check_mse(mse: Any) -> Iterator[Finding]:
    """mse(y, y_pred) is the mean of the squared residuals, one number."""
    rng = generator()
    findings = []
    for n in (5, 1, 60):
        y, y_pred = rng.normal(0.0, 2.0, n).round(3), rng.normal(1.5, 2.0, n).round(3)
        findings.append(Call(mse, y, y_pred).gives(float(np.mean((y - y_pred) ** 2)), part="value"))
    yield from findings
    if all(finding.ok for finding in findings):
        y, y_pred = rng.normal(size=(2, 3))
        yield Call(mse, y, 1e200 * y_pred).satisfies(
            lambda value: not difference(value, np.inf) or not difference(value, np.nan),
            "inf",
            {"overflow_raises": raised},
            part="overflow",
        )


@check_mse.another("changes_argument")
def takes_the_difference_in_y(y, y_pred):
    y -= y_pred
    return np.mean(y**2)


@check_mse.misconception
def sum_instead_of_mean(y, y_pred):
    """Twice as many samples give twice your loss: a mean does not grow with the data."""
    return np.sum((y - y_pred) ** 2)


@check_mse.another(sum_instead_of_mean)
def half_the_sum(y, y_pred):
    return np.sum((y - y_pred) ** 2) / 2


@check_mse.misconception
def absolute_value(y, y_pred):
    """You average distances: a residual twice as large has to count four times as much."""
    return np.mean(np.abs(y - y_pred))


@check_mse.another(absolute_value)
def sum_of_absolute_values(y, y_pred):
    return np.sum(np.abs(y - y_pred))


@check_mse.misconception
def halved(y, y_pred):
    """Your loss is half of what is asked: this lesson's loss carries no extra factor."""
    return np.mean((y - y_pred) ** 2) / 2


@check_mse.misconception
def rooted(y, y_pred):
    """Your loss is in the units of y: it is asked in squared units, so one operation is too many."""
    return np.sqrt(np.mean((y - y_pred) ** 2))


@check_mse.another(rooted)
def root_of_the_sum(y, y_pred):
    return np.sqrt(np.sum((y - y_pred) ** 2))


@check_mse.misconception
def not_squared(y, y_pred):
    """Residuals of opposite sign cancel each other: what keeps them from doing so is missing."""
    return np.mean(y - y_pred)


@check_mse.another(not_squared)
def not_squared_the_other_way(y, y_pred):
    return np.mean(y_pred - y)


@check_mse.misconception
def squared_after_mean(y, y_pred):
    """Two operations are in the wrong order: residuals of opposite sign still cancel out."""
    return np.mean(y - y_pred) ** 2


@check_mse.misconception
def spread_of_residuals(y, y_pred):
    """A line that is 3 too high everywhere gets a loss of 0: you measure their spread."""
    return np.var(y - y_pred)


@check_mse.misconception
def divided_by_less_than_n(y, y_pred):
    """The total is divided by a number that is not the number of samples."""
    return np.sum((y - y_pred) ** 2) / (len(y) - 1)


@check_mse.another(divided_by_less_than_n)
def divided_by_two_less(y, y_pred):
    return np.sum((y - y_pred) ** 2) / (len(y) - 2)


@check_mse.misconception
def one_per_sample(y, y_pred):
    """You hand back one number for each sample: a loss is a single number for all of them."""
    return (y - y_pred) ** 2


@check_mse.misconception
def overflow_raises(y, y_pred):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    pairs = zip(y.tolist(), y_pred.tolist())
    return sum((a - p) ** 2 for a, p in pairs) / len(y)
