"""The check of `normal_equation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import Array, draw_columns, mean_square


@check("returns_nothing", "changes_argument")
def check_normal_equation(normal_equation: Callable[..., Any]) -> Iterator[Finding]:
    """normal_equation(X, y) is a theta (d, 1) with the lowest loss there is, for any X."""
    rng = generator()
    for n, d in ((30, 2), (12, 4), (5, 3)):
        X, y, _ = draw_columns(rng, n, d)
        yield _lowest(normal_equation, X, y, "independent columns")
    # Whole numbers, so that two equal columns make a matrix that is singular to the last bit.
    x = rng.integers(-9, 10, size=20).astype(float)
    x[:2] = (-3, 5)
    y = rng.normal(size=(20, 1)) * 3 + 2
    ones = np.full(20, 1.0)
    for columns in ([ones, x, x], [ones, ones], [ones, x, 2 * x, x + 1], [ones, x, 0 * x]):
        yield _lowest(normal_equation, np.column_stack(columns), y, "columns that repeat others")
    yield _lowest(normal_equation, *draw_columns(rng, 2, 4)[:2], "columns that repeat others")


@check_normal_equation.another("changes_argument")
def takes_predictions_off(X, y):
    theta = np.linalg.lstsq(X, y, rcond=None)[0]
    y -= X @ theta
    return theta


@check_normal_equation.misconception
def whole_lstsq(X, y):
    """You return everything that the solver reports: theta alone is asked."""
    return np.linalg.lstsq(X, y, rcond=None)


@check_normal_equation.misconception
def flat_shape(X, y):
    """The numbers are right, but a column of shape (d, 1) is asked."""
    return np.linalg.lstsq(X, y, rcond=None)[0].ravel()


@check_normal_equation.misconception
def second_column_of_ones(X, y):
    """X has its column of ones already: one entry for each column of X is asked."""
    return np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), y, rcond=None)[0]


@check_normal_equation.misconception
def predictions_instead(X, y):
    """You return the predictions: the parameters are asked."""
    return X @ np.linalg.lstsq(X, y, rcond=None)[0]


@check_normal_equation.another(predictions_instead)
def flat_predictions(X, y):
    return (X @ np.linalg.lstsq(X, y, rcond=None)[0]).ravel()


@check_normal_equation.misconception
def right_hand_side(X, y):
    """You stop halfway: the columns' products with y are only one side of the equation."""
    return X.T @ y


@check_normal_equation.misconception
def singular_breaks(X, y):
    """Where one column repeats another there is no inverse, yet there are minima: any one will do."""
    return np.linalg.inv(X.T @ X) @ X.T @ y


@check_normal_equation.misconception
def penalty_added(X, y):
    """Your solution is pulled toward zero: something was added to the matrix."""
    return np.linalg.solve(X.T @ X + 0.1 * np.eye(X.shape[1]), X.T @ y)


@check_normal_equation.misconception
def not_the_lowest(X, y):
    """On the way to the minimum, but not there: a run cut short, or a changed matrix."""
    theta = np.zeros((X.shape[1], 1))
    for _ in range(20):
        theta = theta - X.T @ (X @ theta - y) / np.linalg.norm(X, 2) ** 2
    return theta


def _lowest(solve: Callable[..., Any], X: Array, y: Array, part: str) -> Finding:
    """A theta is at the lowest loss exactly if X theta is the projection of y on the columns of X."""
    basis, sizes, _ = np.linalg.svd(X, full_matrices=False)
    basis = basis[:, sizes > 1e-9 * sizes[0]]
    nearest = basis @ (basis.T @ y)
    right = np.linalg.lstsq(X, y, rcond=None)[0]
    lowest = float(np.square(nearest - y).mean())

    def loss(value: Any) -> float:
        theta = np.asarray(value, dtype=float).reshape(-1, 1)
        return mean_square(X, y, theta) if theta.shape == right.shape else np.inf

    def is_lowest(value: Any) -> bool:
        asked = isinstance(value, np.ndarray) and value.shape == right.shape and value.dtype == np.float64
        return asked and not np.abs(X @ value - nearest).max() > 1e-6 and bool(np.isfinite(value).all())

    slips: dict[str, Any] = {
        "whole_lstsq": lambda call: isinstance(call.value, (tuple, list)) and is_lowest(call.value[0]),
        "flat_shape": lambda call: (
            call.value.shape in ((X.shape[1],), (1, X.shape[1])) and loss(call.value) < lowest + 1e-6
        ),
        "second_column_of_ones": lambda call: np.size(call.value) == X.shape[1] + 1,
        "singular_breaks": part != "independent columns",
        "penalty_added": lambda call: _is_pulled(X, y, call.value),
        "not_the_lowest": lambda call: loss(call.value) < np.square(y).mean(),  # better than no model at all
    }
    asked = f"an array of shape {right.shape} with the lowest loss, {lowest:.5g}"
    return Call(solve, X, y).satisfies(is_lowest, asked, slips, part=part)


def _is_pulled(X: Array, y: Array, value: Any) -> bool:
    """Theta solves (X^T X + k I) theta = X^T y for some k that is not zero."""
    left, theta = (X.T @ (y - X @ value))[:, 0], value[:, 0]
    strength = float(left @ theta / (theta @ theta))
    return strength > 1e-9 and bool(np.allclose(left, strength * theta, rtol=1e-4))
