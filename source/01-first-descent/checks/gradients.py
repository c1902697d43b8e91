"""The check of `gradients`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from autograder.checking.mistakes import away_from_zero, raised

from .line_data import ROUNDING, LineData


@check("returns_nothing", "changes_argument")
def check_gradients(gradients: Any) -> Iterator[Finding]:
    """gradients(X, y, w, b) is (dL/dw, dL/db), the slopes of the mean squared error at (w, b)."""
    rng = generator()
    findings = [finding for n in (6, 1, 40) for finding in _gradient_findings(gradients, rng, n)]
    yield from findings
    if all(finding.ok for finding in findings):
        data = LineData.drawn(rng, 5)
        call = Call(gradients, data.X + 20.0, data.y, 1e308, 1e308)  # far out, where all errors overflow
        yield call.satisfies(call.error is None, "two numbers", {"overflow_raises": raised}, part="overflow")


def _gradient_findings(gradients: Any, rng: np.random.Generator, n: int) -> Iterator[Finding]:
    data, w, b = LineData.drawn(rng, n), away_from_zero(rng), away_from_zero(rng)
    dw, db = data.slopes(w, b)
    call = Call(gradients, data.X, data.y, w, b)
    in_array = {"array_returned": isinstance(call.value, np.ndarray)}
    pair = call.satisfies(has_items(2), "two numbers, (dw, db)", in_array)
    yield pair
    if pair.ok:
        yield call[0].gives(dw, atol=ROUNDING, part="dw")
        yield call[1].gives(db, atol=ROUNDING, part="db")


@check_gradients.another("changes_argument")
def takes_residuals_in_y(X, y, w, b):
    y -= w * X + b
    return -2 * np.mean(y * X), -2 * np.mean(y)


@check_gradients.misconception
def sign_flipped(X, y, w, b):
    """A derivative is negative where the loss rises: follow the sign of the residual through."""
    error = y - (w * X + b)
    return 2 * np.mean(error * X), 2 * np.mean(error)


@check_gradients.another(sign_flipped)
def flipped_and_halved(X, y, w, b):
    error = y - (w * X + b)
    return np.mean(error * X), np.mean(error)


@check_gradients.another(sign_flipped)
def flipped_and_summed(X, y, w, b):
    error = y - (w * X + b)
    return 2 * np.sum(error * X), 2 * np.sum(error)


@check_gradients.misconception
def factor_2_missing(X, y, w, b):
    """A derivative is half of the slope that is measured: the exponent leaves something behind."""
    error = w * X + b - y
    return np.mean(error * X), np.mean(error)


@check_gradients.misconception
def sum_instead_of_mean(X, y, w, b):
    """Your derivatives grow with the number of samples: the loss is a mean, so is its slope."""
    error = w * X + b - y
    return 2 * np.sum(error * X), 2 * np.sum(error)


@check_gradients.another(sum_instead_of_mean)
def half_the_sum(X, y, w, b):
    error = w * X + b - y
    return np.sum(error * X), np.sum(error)


@check_gradients.misconception
def x_missing(X, y, w, b):
    """Your two derivatives are the same number: what does w multiply in the prediction?"""
    error = w * X + b - y
    return 2 * np.mean(error), 2 * np.mean(error)


@check_gradients.misconception
def x_in_db(X, y, w, b):
    """Your two derivatives are the same number: what does b multiply in the prediction?"""
    error = w * X + b - y
    return 2 * np.mean(error * X), 2 * np.mean(error * X)


@check_gradients.misconception
def swapped(X, y, w, b):
    """Both numbers are right, but in the other order: dw is asked first, then db."""
    error = w * X + b - y
    return 2 * np.mean(error), 2 * np.mean(error * X)


@check_gradients.misconception
def b_left_out(X, y, w, b):
    """The residuals are those of a line through the origin: b has to take part in the prediction."""
    error = w * X - y
    return 2 * np.mean(error * X), 2 * np.mean(error)


@check_gradients.misconception
def y_left_out(X, y, w, b):
    """The prediction itself is averaged, not how far it is from y."""
    error = w * X + b
    return 2 * np.mean(error * X), 2 * np.mean(error)


@check_gradients.misconception
def one_per_sample(X, y, w, b):
    """You hand back arrays with an entry for each sample: the slope of a mean is one number."""
    error = w * X + b - y
    return 2 * error * X, 2 * error


@check_gradients.another(one_per_sample)
def divided_but_not_summed(X, y, w, b):
    error = w * X + b - y
    return 2 * error * X / len(X), 2 * error / len(X)


@check_gradients.misconception
def array_returned(X, y, w, b):
    """Your numbers come back in an array: a tuple of plain numbers is asked."""
    error = w * X + b - y
    return np.array([2 * np.mean(error * X), 2 * np.mean(error)])


@check_gradients.misconception
def overflow_raises(X, y, w, b):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    error = w * X + b - y
    if not np.isfinite(error).all():
        raise ValueError("the run diverges")
    return 2 * np.mean(error * X), 2 * np.mean(error)
