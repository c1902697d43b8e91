"""The check of `fit_closed_form`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.oracles.linear_problem import Array, draw_problem, mean_square, same


@check(
    "returns_nothing",
    "changes_argument",
    second_bias_column="X_b has its column of ones already; one entry per column of X_b is asked.",
)
def check_fit_closed_form(fit_closed_form: Callable[..., Any]) -> Iterator[Finding]:
    """fit_closed_form(X_b, y) is the least-squares solution, and the shortest one where there are many."""
    rng = generator()
    for n, columns in ((30, 2), (12, 4), (5, 3)):
        X_b, y, _ = draw_problem(rng, n, columns)
        X_b[:, 0] *= 1e-3 if columns == 2 else 0.1
        yield _least_squares(fit_closed_form, X_b, np.eye(columns), y, "independent columns")
    for copies in ([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0], [0.0, 2.0, 1.0]]):
        X_b, y, _ = draw_problem(rng, 15, 2)
        yield _least_squares(fit_closed_form, X_b, np.array(copies), y, "collinear columns")
    few, y, _ = draw_problem(rng, 2, 4)
    yield _least_squares(fit_closed_form, np.eye(2), few, y, "collinear columns")


@check_fit_closed_form.another("changes_argument")
def takes_residuals_in_y(X_b, y):
    w = np.linalg.pinv(X_b) @ y
    y -= X_b @ w
    return w


@check_fit_closed_form.misconception
def whole_lstsq(X_b, y):
    """You return everything that the solver reports; the weights alone are asked."""
    return np.linalg.lstsq(X_b, y, rcond=None)


@check_fit_closed_form.misconception
def column_shape(X_b, y):
    """The numbers are right, but their shape is not (d + 1,)."""
    return np.linalg.pinv(X_b) @ y.reshape(-1, 1)


@check_fit_closed_form.misconception
def predictions_instead(X_b, y):
    """You return the predictions; the weights are asked."""
    return X_b @ np.linalg.pinv(X_b) @ y


@check_fit_closed_form.misconception
def transpose_applied_only(X_b, y):
    """You stop halfway: the columns' sums with y are only the right-hand side."""
    return X_b.T @ y


@check_fit_closed_form.misconception
def not_the_shortest(X_b, y):
    """Your weights reach the lowest loss, but of all that do, the shortest vector is asked."""
    kept = []
    for j in range(X_b.shape[1]):
        if np.linalg.matrix_rank(X_b[:, [*kept, j]]) == len(kept) + 1:
            kept.append(j)
    w = np.zeros(X_b.shape[1])
    w[kept] = np.linalg.lstsq(X_b[:, kept], y, rcond=None)[0]
    return w


@check_fit_closed_form.misconception
def inverse_fails_on_collinear(X_b, y):
    """Two columns that tell the same story leave no inverse. What exists always?"""
    return np.linalg.inv(X_b.T @ X_b) @ X_b.T @ y


@check_fit_closed_form.misconception
def not_quite_lowest(X_b, y):
    """On the way to the minimum, but not there: a run cut short, or a changed matrix."""
    k = X_b.shape[1]
    return np.linalg.solve(X_b.T @ X_b + 1e-3 * np.eye(k), X_b.T @ y)


def _least_squares(fit: Callable[..., Any], base: Array, mix: Array, y: Array, part: str) -> Finding:
    """Try X_b = base @ mix, of which the shortest solution is known: base's own, brought back into mix's rows.

    Source: the full-rank factorisation of the pseudoinverse, Ben-Israel and Greville, Generalized Inverses, 1.6.
    """
    X_b = base @ mix
    coordinates = np.linalg.solve(base.T @ base, base.T @ y)
    right = mix.T @ np.linalg.solve(mix @ mix.T, coordinates)
    lowest = mean_square(X_b, y, right)

    def loss(call: Call) -> float:
        return mean_square(X_b, y, np.asarray(call.value)) if np.shape(call.value) == right.shape else np.inf

    slips: dict[str, Any] = {
        "whole_lstsq": lambda call: len(call.value) == 4 and same(call.value[0], right, 1e-4),
        "second_bias_column": lambda call: len(call.value) == len(right) + 1,
        "column_shape": lambda call: any(same(call.value, right.reshape(s), 1e-5) for s in ((-1, 1), (1, -1))),
        "predictions_instead": lambda call: same(call.value, X_b @ right, 1e-4),
        "not_the_shortest": lambda call: part == "collinear columns" and loss(call) <= lowest + 1e-9,
        "inverse_fails_on_collinear": lambda _: part == "collinear columns",
        "not_quite_lowest": lambda call: loss(call) < np.mean(y**2),  # better than no model at all
    }
    return Call(fit, X_b, y).gives(right, slips, rtol=1e-6, atol=1e-8, part=part)
