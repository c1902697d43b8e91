"""The check of `r_squared`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .linear_model import Array


@check("returns_nothing", "changes_argument")
def check_r_squared(r_squared: Any) -> Iterator[Finding]:
    """r_squared(y_true, y_pred) is 1 less the share of the variance of y_true that the residuals are."""
    rng = generator()
    for m, slope, spread in ((12, 0.6, 0.4), (5, -2.0, 0.1), (40, 0.6, 1.0), (8, 1.0, 0.0)):
        y_true = rng.normal(3, 2, size=(m, 1))
        # about the mean of the truth, so that a slope of -2 gives an R squared near -8 whatever is drawn
        y_pred = y_true.mean() + slope * (y_true - y_true.mean()) + spread * rng.normal(0.5, 1.0, size=(m, 1))
        for y, guess in ((y_true, y_pred), (y_true[:, 0], y_pred[:, 0])):
            array = {"not_a_number": lambda call: isinstance(call.value, np.ndarray)}
            yield Call(r_squared, y.copy(), guess.copy()).gives(_r_squared(y, guess), array, atol=1e-9)


@check_r_squared.another("changes_argument")
def works_in_place(y_true, y_pred):
    y_pred -= y_true
    y_true -= y_true.mean()
    return 1 - np.sum(y_pred**2) / np.sum(y_true**2)


@check_r_squared.misconception
def squared_correlation(y_true, y_pred):
    """A model wrong by a constant or a factor gets full marks: correlation does not see that."""
    return np.corrcoef(y_true.ravel(), y_pred.ravel())[0, 1] ** 2


@check_r_squared.another(squared_correlation)
def correlation(y_true, y_pred):
    return np.corrcoef(y_true.ravel(), y_pred.ravel())[0, 1]


@check_r_squared.misconception
def arguments_reversed(y_true, y_pred):
    """The spread is measured around the mean of the predictions: that of the truth counts."""
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_pred - y_pred.mean()) ** 2)


@check_r_squared.misconception
def one_minus_missing(y_true, y_pred):
    """A perfect model should get 1 from you."""
    return np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)


@check_r_squared.misconception
def clipped(y_true, y_pred):
    """A model worse than the mean gets a negative R squared: yours stops at some value."""
    return max(0.0, 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2))


@check_r_squared.misconception
def halved_twice(y_true, y_pred):
    """The two sums are not of the same kind: look at what each is divided by."""
    return 1 - np.mean((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)


@check_r_squared.another(halved_twice)
def sum_over_mean(y_true, y_pred):
    return 1 - np.sum((y_true - y_pred) ** 2) / np.var(y_true)


@check_r_squared.another(halved_twice)
def one_less_in_one_of_them(y_true, y_pred):
    return 1 - np.mean((y_true - y_pred) ** 2) / np.var(y_true, ddof=1)


@check_r_squared.misconception
def not_squared(y_true, y_pred):
    """Look at which quantities are squared: a residual twice as large counts four times."""
    return 1 - np.sum(np.abs(y_true - y_pred)) / np.sum(np.abs(y_true - y_true.mean()))


@check_r_squared.another(not_squared)
def roots_of_both(y_true, y_pred):
    return 1 - np.sqrt(np.mean((y_true - y_pred) ** 2)) / np.std(y_true)


@check_r_squared.misconception
def not_a_number(y_true, y_pred):
    """Your R squared is an array: one plain number is asked."""
    e, c = y_true - y_pred, y_true - y_true.mean()
    return 1 - np.sum(e**2, axis=0, keepdims=True) / np.sum(c**2, axis=0)


def _r_squared(y_true: Array, y_pred: Array) -> float:
    return float(1 - np.mean((y_true - y_pred) ** 2) / np.var(y_true))
