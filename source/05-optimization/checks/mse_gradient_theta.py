"""The check of `mse_gradient_theta`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import Array, draw_columns, mean_square


@check("returns_nothing", "changes_argument")
def check_mse_gradient_theta(mse_gradient_theta: Callable[..., Any]) -> Iterator[Finding]:
    """mse_gradient_theta(X, y, theta) holds the slope of the loss along each parameter, shape (d, 1)."""
    rng = generator()
    for n, d in ((6, 2), (40, 3), (3, 3), (2, 4), (1, 2)):
        X, y, theta = draw_columns(rng, n, d)
        right = _measured_slopes(X, y, theta)
        table = {
            "flat_against_column": lambda call, n=n, d=d: (
                n > 1 and np.shape(call.value) in ((d, n), (n, d), (n, n))
            )
        }
        yield Call(mse_gradient_theta, X, y, theta).gives(right, table, atol=1e-6)


@check_mse_gradient_theta.another("changes_argument")
def takes_residuals_in_y(X, y, theta):
    y *= -1
    y += X @ theta
    return 2 / len(y) * X.T @ y


@check_mse_gradient_theta.misconception
def flat_shape(X, y, theta):
    """The numbers are right, but their shape is not that of theta, a column."""
    return (2 / len(y) * X.T @ (X @ theta - y)).ravel()


@check_mse_gradient_theta.another(flat_shape)
def row_shape(X, y, theta):
    return (2 / len(y) * X.T @ (X @ theta - y)).T


@check_mse_gradient_theta.misconception
def flat_against_column(X, y, theta):
    """A flat (n,) met a column (n, 1) and gave a table of n times n. Keep columns columns."""
    residuals = (X @ theta).ravel() - y
    return 2 / len(y) * X.T @ residuals


@check_mse_gradient_theta.misconception
def flipped_sign(X, y, theta):
    """Every entry has the wrong sign: a gradient points to where the loss rises."""
    return 2 / len(y) * X.T @ (y - X @ theta)


@check_mse_gradient_theta.another(flipped_sign)
def flipped_and_halved(X, y, theta):
    return X.T @ (y - X @ theta) / len(y)


@check_mse_gradient_theta.misconception
def factor_missing(X, y, theta):
    """Every entry is half of what it should be: what does the square leave in front?"""
    return X.T @ (X @ theta - y) / len(y)


@check_mse_gradient_theta.misconception
def sum_instead_of_mean(X, y, theta):
    """Your gradient grows with the number of samples: the loss is a mean."""
    return 2 * X.T @ (X @ theta - y)


@check_mse_gradient_theta.another(sum_instead_of_mean)
def half_the_sum(X, y, theta):
    return X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def divided_by_columns(X, y, theta):
    """You divide by the number of columns: the mean runs over the samples."""
    return 2 / X.shape[1] * X.T @ (X @ theta - y)


@check_mse_gradient_theta.another(divided_by_columns)
def halved_and_by_columns(X, y, theta):
    return X.T @ (X @ theta - y) / X.shape[1]


@check_mse_gradient_theta.misconception
def transpose_missing(X, y, theta):
    """Your shapes do not meet: each of the n residuals belongs to one row of X."""
    return 2 / len(y) * X @ (X @ theta - y)


@check_mse_gradient_theta.another(transpose_missing)
def transpose_and_factor_missing(X, y, theta):
    return X @ (X @ theta - y) / len(y)


@check_mse_gradient_theta.misconception
def target_forgotten(X, y, theta):
    """Your result does not depend on y: the residual is missing its target."""
    return 2 / len(y) * X.T @ (X @ theta)


@check_mse_gradient_theta.misconception
def inputs_forgotten(X, y, theta):
    """All entries are alike: weigh each residual by the feature of its parameter."""
    return np.full(theta.shape, 2 * np.mean(X @ theta - y))


@check_mse_gradient_theta.another(inputs_forgotten)
def one_number(X, y, theta):
    return 2 * np.mean(X @ theta - y)


@check_mse_gradient_theta.misconception
def means_multiplied(X, y, theta):
    """You multiply two means: the mean of products is something else."""
    return 2 * X.mean(axis=0).reshape(-1, 1) * np.mean(X @ theta - y)


@check_mse_gradient_theta.another(means_multiplied)
def flat_means_multiplied(X, y, theta):
    return 2 * X.mean(axis=0) * np.mean(X @ theta - y)


@check_mse_gradient_theta.misconception
def step_instead_of_gradient(X, y, theta):
    """You return theta after a step: only the gradient is asked here."""
    return theta - 0.01 * 2 / len(y) * X.T @ (X @ theta - y)


@check_mse_gradient_theta.another(step_instead_of_gradient)
def step_at_rate_1(X, y, theta):
    return theta - 2 / len(y) * X.T @ (X @ theta - y)


@check_mse_gradient_theta.another(step_instead_of_gradient)
def step_at_rate_tenth(X, y, theta):
    return theta - 0.1 * 2 / len(y) * X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def loss_instead_of_gradient(X, y, theta):
    """You return the loss, one number: asked is its slope along each parameter."""
    return np.mean((X @ theta - y) ** 2)


def _measured_slopes(X: Array, y: Array, theta: Array) -> Array:
    """Central differences: for a quadratic they are exact whatever the step, so the step is large."""
    nudges = 0.5 * np.eye(len(theta))[:, :, None]
    return np.array([[mean_square(X, y, theta + nudge) - mean_square(X, y, theta - nudge)] for nudge in nudges])
