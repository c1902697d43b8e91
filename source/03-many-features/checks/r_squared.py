"""The check of `r_squared`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, like, nothing
from course.testing.value import difference

from .linear_model import Array


def _same_float(value: Any, wanted: float) -> bool:
    return not difference(value, wanted)


@check
def check_r_squared(r_squared: Any) -> Iterator[Finding]:
    """r_squared(y_true, y_pred) is 1 less the share of the variance of y_true that the residuals are."""
    rng = generator()
    for m, slope, spread in ((12, 0.6, 0.4), (5, -2.0, 0.1), (40, 0.6, 1.0), (8, 1.0, 0.0)):
        y_true = rng.normal(3, 2, size=(m, 1))
        # about the mean of the truth, so that a slope of -2 gives an R squared near -8 whatever is drawn
        y_pred = y_true.mean() + slope * (y_true - y_true.mean()) + spread * rng.normal(0.5, 1.0, size=(m, 1))
        for y, guess in ((y_true, y_pred), (y_true[:, 0], y_pred[:, 0])):
            call = Call(r_squared, y.copy(), guess.copy())
            yield call.gives(_r_squared(y, guess), _r_squared_mistakes(call, y, guess), atol=1e-9)


@check_r_squared.misconception
def returns_nothing(y_true, y_pred):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    print(1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2))


@check_r_squared.misconception
def changes_argument(y_true, y_pred):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    y_pred -= y_true
    y_true -= y_true.mean()
    return 1 - np.sum(y_pred**2) / np.sum(y_true**2)


@check_r_squared.misconception
def squared_correlation(y_true, y_pred):
    """A model wrong by a constant or a factor gets full marks: correlation does not see that."""
    return np.corrcoef(y_true.ravel(), y_pred.ravel())[0, 1] ** 2


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


@check_r_squared.misconception
def not_squared(y_true, y_pred):
    """Look at which quantities are squared: a residual twice as large counts four times."""
    return 1 - np.sum(np.abs(y_true - y_pred)) / np.sum(np.abs(y_true - y_true.mean()))


@check_r_squared.misconception
def not_a_number(y_true, y_pred):
    """Your R squared is an array: one plain number is asked."""
    e, c = y_true - y_pred, y_true - y_true.mean()
    return 1 - np.sum(e**2, axis=0, keepdims=True) / np.sum(c**2, axis=0)


def _r_squared(y_true: Array, y_pred: Array) -> float:
    return float(1 - np.mean((y_true - y_pred) ** 2) / np.var(y_true))


def _r_squared_mistakes(call: Call, y: Array, guess: Array) -> dict[str, Any]:
    right, m = _r_squared(y, guess), y.size
    residuals, around = y - guess, y - y.mean()
    correlation = float(np.mean(around * (guess - guess.mean())) / (y.std() * guess.std()))
    absolute = float(np.abs(residuals).sum() / np.abs(around).sum())
    return {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "squared_correlation": like(call, correlation**2, correlation),
        "arguments_reversed": _r_squared(guess, y),
        "clipped": lambda call: right < 0 and _same_float(call.value, 0.0),
        "halved_twice": like(call, 1 - (1 - right) / m, 1 - (1 - right) * m, 1 - (1 - right) * (m - 1) / m),
        "not_squared": like(call, 1 - absolute, float(1 - np.sqrt(1 - right))),
        "not_a_number": lambda call: isinstance(call.value, np.ndarray),
    }
