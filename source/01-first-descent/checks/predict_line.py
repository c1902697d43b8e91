"""The check of `predict_line`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import away_from_zero, readable


@check("returns_nothing", "changes_argument")
def check_predict_line(predict_line: Any) -> Iterator[Finding]:
    """predict_line(X, w, b) is one prediction for each x, on the line with slope w and intercept b."""
    rng = generator()
    for n in (4, 1, 30):
        X, w, b = rng.uniform(-2.0, 3.0, n).round(3), away_from_zero(rng), readable(3 * away_from_zero(rng))
        yield Call(predict_line, X, w, b).gives(
            w * X + b,
            {
                "list_returned": lambda call: isinstance(call.value, list),
                "summed": lambda call: np.ndim(call.value) == 0 and call.value is not None,
            },
        )


@check_predict_line.another("changes_argument")
def moves_X(X, w, b):
    X *= w
    X += b
    return X


@check_predict_line.misconception
def b_dropped(X, w, b):
    """Every line drawn this way passes through the origin: one parameter has no effect on the result."""
    return w * X


@check_predict_line.misconception
def w_b_swapped(X, w, b):
    """The two parameters have changed roles: look at which one multiplies x."""
    return b * X + w


@check_predict_line.misconception
def b_subtracted(X, w, b):
    """The line is moved the wrong way: a larger b has to lift every prediction."""
    return w * X - b


@check_predict_line.misconception
def b_multiplied_too(X, w, b):
    """b is scaled along with x: work out by hand what is multiplied by w, and mind the brackets."""
    return w * (X + b)


@check_predict_line.misconception
def column_shape(X, w, b):
    """The numbers have the wrong shape: one prediction for each x, in one axis, as X has it."""
    return (w * X + b).reshape(-1, 1)


@check_predict_line.another(column_shape)
def row_shape(X, w, b):
    return (w * X + b).reshape(1, -1)


@check_predict_line.misconception
def list_returned(X, w, b):
    """The predictions come as a plain list: hand back a NumPy array."""
    return [w * x + b for x in X]


@check_predict_line.misconception
def summed(X, w, b):
    """All samples are merged into one number: there is one prediction for each x."""
    return np.sum(w * X + b)
