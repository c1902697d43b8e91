"""The check of `compute_loss`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, like, nothing

from .linear_model import half_mse, method, model_at


@check(
    "returns_nothing",
    "changes_argument",
    broadcast_silently="A row of m and a column of m became an m by m table, unnoticed: such shapes must raise.",
    refuses_equal_shapes="Two columns of the same shape are in order: they must not raise.",
    one_over_m="Your loss is twice what is asked: this lesson's J carries a factor that lesson 1's loss had not.",
    sum_instead_of_mean="Twice as many examples give twice your loss.",
    absolute_value="A residual twice as large has to count four times as much.",
    rooted="Your loss is in the units of y: it is asked in squared units.",
    not_squared="Residuals of opposite sign cancel each other.",
    not_a_number="Your loss is an array: one plain number is asked.",
)
def check_compute_loss(Model: Any) -> Iterator[Finding]:
    """compute_loss(y_hat, y_true) is J = 1/(2m) sum of squared residuals; shapes that differ raise ValueError."""
    rng = generator()
    made = model_at(Model, rng.normal(size=(2, 1)), 0.5, rng)
    if made.error is not None:
        yield made.satisfies(False, "a model")
        return
    loss = method(made.value, "compute_loss")
    for m in (4, 1, 30):
        y_hat, y_true = rng.normal(1.5, 2, size=(m, 1)), rng.normal(0, 2, size=(m, 1))
        right, residuals = half_mse(y_hat, y_true), y_hat - y_true
        call = Call(loss, y_hat, y_true)
        mistakes = {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "refuses_equal_shapes": lambda call: isinstance(call.error, ValueError),
            "one_over_m": 2 * right,
            "sum_instead_of_mean": like(call, right * m, right * 2 * m),
            "absolute_value": like(call, float(np.abs(residuals).mean()), float(np.abs(residuals).mean()) / 2),
            "rooted": like(call, float(np.sqrt(right)), float(np.sqrt(2 * right))),
            "not_squared": like(call, float(residuals.mean()), float(residuals.mean() / 2)),
            "not_a_number": lambda call: isinstance(call.value, np.ndarray),
        }
        yield call.gives(right, mistakes, part="value")
    silent = {"broadcast_silently": lambda call: call.error is None}
    column = rng.normal(size=(6, 1))
    yield Call(loss, rng.normal(size=6), column).raises(ValueError, silent, part="shapes")
    yield Call(loss, column, rng.normal(size=6)).raises(ValueError, silent, part="shapes")
    yield Call(loss, column, rng.normal(size=(1, 1))).raises(ValueError, silent, part="shapes")
