"""Hidden checks of lesson 5, optimization: inputs are fresh each time, oracles are closed forms and replays.

The larger ones stand in modules of their own; all of the lesson's checks are found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, changed, nothing, raised

from .column_descent import check_batch_gd
from .column_problem import Array, draw_columns, is_any, mean_square, same
from .feature_scale import check_standardize, check_unscale
from .loss_surface import check_loss_grid, check_max_stable_rate
from .minibatches import check_minibatch_gd
from .stopping import check_early_stopping, check_stop_at

__all__ = [
    "check_batch_gd",
    "check_design_matrix",
    "check_early_stopping",
    "check_loss_grid",
    "check_max_stable_rate",
    "check_minibatch_gd",
    "check_mse_cost",
    "check_mse_gradient_theta",
    "check_normal_equation",
    "check_standardize",
    "check_stop_at",
    "check_unscale",
]


# design_matrix -----------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    ones_last="Your ones stand in the last column: in this lesson the intercept comes first.",
    row_of_ones="Your array lies on its side: one row for each x, one column for each parameter, is asked.",
    end_to_end="Ones and x stand in one long row: they belong side by side, in two columns.",
    zeros_column="Your first column holds zeros: times any intercept, it adds nothing to a prediction.",
    ones_missing="The column of ones is missing: what would the intercept be multiplied by?",
    list_of_lists="The numbers are right, but they come as a list: an array is asked.",
)
def check_design_matrix(design_matrix: Callable[..., Any]) -> Iterator[Finding]:
    """design_matrix(x) is (n, 2): a column of ones, then x."""
    rng = generator()
    for n in (3, 1, 37, 2):
        x = rng.normal(size=n) * 3 + 1
        right = np.vander(x, 2, increasing=True)
        mistakes = {
            "returns_nothing": nothing,
            "argument_changed": changed,
            "ones_last": right[:, ::-1],
            "row_of_ones": is_any(right.T, right.T[::-1]),
            "end_to_end": is_any(right.T.ravel(), right.T[::-1].ravel(), right.ravel()),
            "zeros_column": is_any(right * [0, 1], right[:, ::-1] * [1, 0]),
            "ones_missing": is_any(x, x[:, None], x[None, :]),
            "list_of_lists": lambda call, right=right: (
                isinstance(call.value, (list, tuple)) and same(np.array(call.value), right)
            ),
        }
        yield Call(design_matrix, x).gives(right, mistakes)


# mse_cost ----------------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    flat_against_column="A flat (n,) met a column (n, 1) and gave a table of n times n. Keep columns columns.",
    half_of_it="This is half of the mean: in this lesson the loss has no half in it.",
    sum_instead_of_mean="Your loss grows with the number of samples: a mean does not.",
    divided_by_columns="You divide by the number of columns: the mean runs over the samples.",
    not_squared="Nothing is squared, so residuals that are too high and too low cancel.",
    absolute_value="You average the sizes of the residuals: their squares are asked.",
    rooted="You take a root at the end: the mean of the squares is the loss already.",
    target_forgotten="Your result does not depend on y: the residual is missing its target.",
    array_instead_of_number="The number is right, but it comes inside an array: one plain number is asked.",
)
def check_mse_cost(mse_cost: Callable[..., Any]) -> Iterator[Finding]:
    """mse_cost(X, y, theta) is the mean of the squared residuals, a float."""
    rng = generator()
    for n, d in ((5, 2), (40, 3), (2, 4), (1, 2)):
        X, y, theta = draw_columns(rng, n, d)
        answers = np.einsum("ij,jk->i", X, theta)
        residuals = answers - y[:, 0]
        y += residuals.mean() - 0.2 * residuals.std()  # so that residuals of both signs do not cancel
        residuals = answers - y[:, 0]
        right = float(np.dot(residuals, residuals)) / n
        mistakes = {
            "returns_nothing": nothing,
            "argument_changed": changed,
            "flat_against_column": is_any(*(k * float(np.square(answers - y).mean()) for k in (1, n, n * n))),
            "half_of_it": right / 2,
            "sum_instead_of_mean": is_any(n * right, n * right / 2),
            "divided_by_columns": right * n / d,
            "not_squared": is_any(float(residuals.mean()), float(-residuals.mean())),
            "absolute_value": float(np.abs(residuals).mean()),
            "rooted": right**0.5,
            "target_forgotten": float(np.square(answers).mean()),
            "array_instead_of_number": lambda call, right=right: (
                isinstance(call.value, np.ndarray) and same(list(call.value.ravel()), [right])
            ),
        }
        yield Call(mse_cost, X, y, theta).gives(right, mistakes)


# mse_gradient_theta ------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    flat_shape="The numbers are right, but their shape is not that of theta, a column.",
    flat_against_column="A flat (n,) met a column (n, 1) and gave a table of n times n. Keep columns columns.",
    flipped_sign="Every entry has the wrong sign: a gradient points to where the loss rises.",
    factor_missing="Every entry is half of what it should be: what does the square leave in front?",
    sum_instead_of_mean="Your gradient grows with the number of samples: the loss is a mean.",
    divided_by_columns="You divide by the number of columns: the mean runs over the samples.",
    transpose_missing="Your shapes do not meet: each of the n residuals belongs to one row of X.",
    target_forgotten="Your result does not depend on y: the residual is missing its target.",
    inputs_forgotten="All entries are alike: weigh each residual by the feature of its parameter.",
    means_multiplied="You multiply two means: the mean of products is something else.",
    step_instead_of_gradient="You return theta after a step: only the gradient is asked here.",
    loss_instead_of_gradient="You return the loss, one number: asked is its slope along each parameter.",
)
def check_mse_gradient_theta(mse_gradient_theta: Callable[..., Any]) -> Iterator[Finding]:
    """mse_gradient_theta(X, y, theta) holds the slope of the loss along each parameter, shape (d, 1)."""
    rng = generator()
    for n, d in ((6, 2), (40, 3), (3, 3), (2, 4), (1, 2)):
        X, y, theta = draw_columns(rng, n, d)
        right = _measured_slopes(X, y, theta)
        yield Call(mse_gradient_theta, X, y, theta).gives(right, _slope_slips(X, y, theta, right), atol=1e-6)


def _measured_slopes(X: Array, y: Array, theta: Array) -> Array:
    """Central differences: for a quadratic they are exact whatever the step, so the step is large."""
    nudges = 0.5 * np.eye(len(theta))[:, :, None]
    return np.array([[mean_square(X, y, theta + nudge) - mean_square(X, y, theta - nudge)] for nudge in nudges])


def _slope_slips(X: Array, y: Array, theta: Array, right: Array) -> dict[str, Any]:
    n, d = X.shape
    residuals = X @ theta - y
    alone = 2 * float(residuals.mean())
    transposed = is_any(*(k / n * X @ residuals for k in (1, 2))) if n == d else raised
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "flat_shape": is_any(right[:, 0], right.T),
        "flat_against_column": lambda call: n > 1 and np.shape(call.value) in ((d, n), (n, d), (n, n)),
        "flipped_sign": is_any(-right, -right / 2),
        "factor_missing": right / 2,
        "sum_instead_of_mean": lambda call: (
            n == 1 or same(call.value, n * right) or same(call.value, n * right / 2)
        ),
        "divided_by_columns": is_any(right * n / d, right * n / d / 2),
        "transpose_missing": transposed,
        "target_forgotten": 2 / n * X.T @ (X @ theta),
        "inputs_forgotten": is_any(alone, np.full((d, 1), alone)),
        "means_multiplied": is_any(alone * X.mean(axis=0)[:, None], alone * X.mean(axis=0)),
        "step_instead_of_gradient": is_any(*(theta - k * right for k in (1, 0.1, 0.01))),
        "loss_instead_of_gradient": mean_square(X, y, theta),
    }
    return slips


# normal_equation ---------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    whole_lstsq="You return everything that the solver reports: theta alone is asked.",
    flat_shape="The numbers are right, but a column of shape (d, 1) is asked.",
    second_column_of_ones="X has its column of ones already: one entry for each column of X is asked.",
    predictions_instead="You return the predictions: the parameters are asked.",
    right_hand_side="You stop halfway: the columns' products with y are only one side of the equation.",
    singular_breaks="Where one column repeats another there is no inverse, yet there are minima: any one will do.",
    penalty_added="Your solution is pulled toward zero: something was added to the matrix.",
    not_the_lowest="On the way to the minimum, but not there: a run cut short, or a changed matrix.",
)
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
        "returns_nothing": nothing,
        "argument_changed": changed,
        "whole_lstsq": lambda call: isinstance(call.value, (tuple, list)) and is_lowest(call.value[0]),
        "flat_shape": lambda call: (
            call.value.shape in ((X.shape[1],), (1, X.shape[1])) and loss(call.value) < lowest + 1e-6
        ),
        "second_column_of_ones": lambda call: np.size(call.value) == X.shape[1] + 1,
        "predictions_instead": is_any(nearest, nearest[:, 0]),
        "right_hand_side": is_any(X.T @ y),
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
