"""The check of `mse_gradient_theta`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, nothing, raised

from .column_problem import Array, draw_columns, is_any, mean_square, same


@check
def check_mse_gradient_theta(mse_gradient_theta: Callable[..., Any]) -> Iterator[Finding]:
    """mse_gradient_theta(X, y, theta) holds the slope of the loss along each parameter, shape (d, 1)."""
    rng = generator()
    for n, d in ((6, 2), (40, 3), (3, 3), (2, 4), (1, 2)):
        X, y, theta = draw_columns(rng, n, d)
        right = _measured_slopes(X, y, theta)
        yield Call(mse_gradient_theta, X, y, theta).gives(right, _slope_slips(X, y, theta, right), atol=1e-6)


@check_mse_gradient_theta.misconception
def returns_nothing(X, y, theta):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    2 / len(y) * X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def argument_changed(X, y, theta):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    y *= -1
    y += X @ theta
    return 2 / len(y) * X.T @ y


@check_mse_gradient_theta.misconception
def flat_shape(X, y, theta):
    """The numbers are right, but their shape is not that of theta, a column."""
    return (2 / len(y) * X.T @ (X @ theta - y)).ravel()


@check_mse_gradient_theta.misconception
def flat_against_column(X, y, theta):
    """A flat (n,) met a column (n, 1) and gave a table of n times n. Keep columns columns."""
    residuals = (X @ theta).ravel() - y
    return 2 / len(y) * X.T @ residuals


@check_mse_gradient_theta.misconception
def flipped_sign(X, y, theta):
    """Every entry has the wrong sign: a gradient points to where the loss rises."""
    return 2 / len(y) * X.T @ (y - X @ theta)


@check_mse_gradient_theta.misconception
def factor_missing(X, y, theta):
    """Every entry is half of what it should be: what does the square leave in front?"""
    return X.T @ (X @ theta - y) / len(y)


@check_mse_gradient_theta.misconception
def sum_instead_of_mean(X, y, theta):
    """Your gradient grows with the number of samples: the loss is a mean."""
    return 2 * X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def divided_by_columns(X, y, theta):
    """You divide by the number of columns: the mean runs over the samples."""
    return 2 / X.shape[1] * X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def transpose_missing(X, y, theta):
    """Your shapes do not meet: each of the n residuals belongs to one row of X."""
    return 2 / len(y) * X @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def target_forgotten(X, y, theta):
    """Your result does not depend on y: the residual is missing its target."""
    return 2 / len(y) * X.T @ (X @ theta)


@check_mse_gradient_theta.misconception
def inputs_forgotten(X, y, theta):
    """All entries are alike: weigh each residual by the feature of its parameter."""
    return np.full(theta.shape, 2 * np.mean(X @ theta - y))


@check_mse_gradient_theta.misconception
def means_multiplied(X, y, theta):
    """You multiply two means: the mean of products is something else."""
    return 2 * X.mean(axis=0).reshape(-1, 1) * np.mean(X @ theta - y)


@check_mse_gradient_theta.misconception
def step_instead_of_gradient(X, y, theta):
    """You return theta after a step: only the gradient is asked here."""
    return theta - 0.01 * 2 / len(y) * X.T @ (X @ theta - y)


@check_mse_gradient_theta.misconception
def loss_instead_of_gradient(X, y, theta):
    """You return the loss, one number: asked is its slope along each parameter."""
    return np.mean((X @ theta - y) ** 2)


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
