"""The check of `mse`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import (
    changed,
    like,
    nothing,
    raised,
)
from course.testing.value import difference


@check
def check_mse(mse: Any) -> Iterator[Finding]:
    """mse(y, y_pred) is the mean of the squared residuals, one number."""
    rng = generator()
    findings = [_mse_finding(mse, rng, n) for n in (5, 1, 60)]
    yield from findings
    if all(finding.ok for finding in findings):
        y, y_pred = rng.normal(size=(2, 3))
        yield Call(mse, y, 1e200 * y_pred).satisfies(
            lambda value: not difference(value, np.inf) or not difference(value, np.nan),
            "inf",
            {"overflow_raises": raised},
            part="overflow",
        )


@check_mse.misconception
def returns_nothing(y, y_pred):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    loss = np.mean((y - y_pred) ** 2)


@check_mse.misconception
def changes_argument(y, y_pred):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    y -= y_pred
    return np.mean(y**2)


@check_mse.misconception
def sum_instead_of_mean(y, y_pred):
    """Twice as many samples give twice your loss: a mean does not grow with the data."""
    return np.sum((y - y_pred) ** 2)


@check_mse.misconception
def absolute_value(y, y_pred):
    """You average distances: a residual twice as large has to count four times as much."""
    return np.mean(np.abs(y - y_pred))


@check_mse.misconception
def halved(y, y_pred):
    """Your loss is half of what is asked: this lesson's loss carries no extra factor."""
    return np.mean((y - y_pred) ** 2) / 2


@check_mse.misconception
def rooted(y, y_pred):
    """Your loss is in the units of y: it is asked in squared units, so one operation is too many."""
    return np.sqrt(np.mean((y - y_pred) ** 2))


@check_mse.misconception
def not_squared(y, y_pred):
    """Residuals of opposite sign cancel each other: what keeps them from doing so is missing."""
    return np.mean(y - y_pred)


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


@check_mse.misconception
def one_per_sample(y, y_pred):
    """You hand back one number for each sample: a loss is a single number for all of them."""
    return (y - y_pred) ** 2


@check_mse.misconception
def overflow_raises(y, y_pred):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    pairs = zip(y.tolist(), y_pred.tolist())
    return sum((a - p) ** 2 for a, p in pairs) / len(y)


def _mse_finding(mse: Any, rng: np.random.Generator, n: int) -> Finding:
    y, y_pred = rng.normal(0.0, 2.0, n).round(3), rng.normal(1.5, 2.0, n).round(3)
    residuals = y - y_pred
    right = float(np.mean(residuals**2))
    call = Call(mse, y, y_pred)
    return call.gives(
        right,
        {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "sum_instead_of_mean": like(call, right * n, right * n / 2),
            "absolute_value": like(call, float(np.abs(residuals).mean()), float(np.abs(residuals).sum())),
            "rooted": like(call, float(np.sqrt(right)), float(np.sqrt(right * n))),
            "not_squared": like(call, float(residuals.mean()), float(-residuals.mean())),
            "divided_by_less_than_n": like(call, right * n / max(n - 1, 1), right * n / max(n - 2, 1), np.inf),
            "one_per_sample": like(call, residuals**2, (residuals**2).tolist()),
        },
        part="value",
    )
