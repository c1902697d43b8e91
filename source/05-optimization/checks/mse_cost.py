"""The check of `mse_cost`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import draw_columns, same


@check("returns_nothing", "changes_argument")
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
            "array_instead_of_number": lambda call, right=right: (
                isinstance(call.value, np.ndarray) and same(list(call.value.ravel()), [right])
            ),
        }
        yield Call(mse_cost, X, y, theta).gives(right, mistakes)


@check_mse_cost.another("changes_argument")
def takes_predictions_off(X, y, theta):
    y -= X @ theta
    return np.mean(y**2)


@check_mse_cost.misconception
def flat_against_column(X, y, theta):
    """A flat (n,) met a column (n, 1) and gave a table of n times n. Keep columns columns."""
    return np.mean(((X @ theta).ravel() - y) ** 2)


@check_mse_cost.another(flat_against_column)
def flat_sum_over_n(X, y, theta):
    return np.sum(((X @ theta).ravel() - y) ** 2) / len(y)


@check_mse_cost.another(flat_against_column)
def flat_sum(X, y, theta):
    return np.sum(((X @ theta).ravel() - y) ** 2)


@check_mse_cost.misconception
def half_of_it(X, y, theta):
    """This is half of the mean: in this lesson the loss has no half in it."""
    return np.mean((X @ theta - y) ** 2) / 2


@check_mse_cost.misconception
def sum_instead_of_mean(X, y, theta):
    """Your loss grows with the number of samples: a mean does not."""
    return np.sum((X @ theta - y) ** 2)


@check_mse_cost.another(sum_instead_of_mean)
def half_the_sum(X, y, theta):
    return np.sum((X @ theta - y) ** 2) / 2


@check_mse_cost.misconception
def divided_by_columns(X, y, theta):
    """You divide by the number of columns: the mean runs over the samples."""
    return np.sum((X @ theta - y) ** 2) / X.shape[1]


@check_mse_cost.misconception
def not_squared(X, y, theta):
    """Nothing is squared, so residuals that are too high and too low cancel."""
    return np.mean(X @ theta - y)


@check_mse_cost.another(not_squared)
def not_squared_downwards(X, y, theta):
    return np.mean(y - X @ theta)


@check_mse_cost.misconception
def absolute_value(X, y, theta):
    """You average the sizes of the residuals: their squares are asked."""
    return np.mean(np.abs(X @ theta - y))


@check_mse_cost.misconception
def rooted(X, y, theta):
    """You take a root at the end: the mean of the squares is the loss already."""
    return np.sqrt(np.mean((X @ theta - y) ** 2))


@check_mse_cost.misconception
def target_forgotten(X, y, theta):
    """Your result does not depend on y: the residual is missing its target."""
    return np.mean((X @ theta) ** 2)


@check_mse_cost.misconception
def array_instead_of_number(X, y, theta):
    """The number is right, but it comes inside an array: one plain number is asked."""
    r = X @ theta - y
    return r.T @ r / len(y)
