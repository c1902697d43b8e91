"""The check of `mse_gradient`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import raised
from autograder.oracles.linear_problem import Array, draw_problem, mean_square


@check("returns_nothing", "changes_argument")
def check_mse_gradient(mse_gradient: Callable[..., Any]) -> Iterator[Finding]:
    """mse_gradient(X_b, y, w) is the derivative of the mean squared error by each weight, shape (d + 1,)."""
    rng = generator()
    for n, columns, size in ((3, 3, 1), (40, 2, 1), (25, 4, 1), (2, 3, 1), (1, 2, 1), (12, 3, 1e15)):
        X_b, y, w = draw_problem(rng, n, columns)
        w = size * w
        expected = _slope_of_loss(X_b, y, w, size / 2)
        inexact = {"measured_by_nudging": lambda call, size=size: size > 1 and not raised(call)}
        yield Call(mse_gradient, X_b, y, w).gives(expected, inexact, atol=1e-6)


@check_mse_gradient.another("changes_argument")
def takes_residuals_in_y(X_b, y, w):
    y -= X_b @ w
    return -2 / len(y) * X_b.T @ y


@check_mse_gradient.misconception
def transpose_missing(X_b, y, w):
    """Your shapes meet only by luck: each of the n residuals belongs to one row of X_b."""
    return (2 / len(y)) * X_b @ (X_b @ w - y)


@check_mse_gradient.misconception
def wrong_axis(X_b, y, w):
    """You average over each sample; the mean runs over the samples, one entry per weight."""
    residuals = X_b @ w - y
    return 2 * np.mean(X_b * residuals[:, None], axis=1)


@check_mse_gradient.another(wrong_axis)
def wrong_axis_and_no_factor(X_b, y, w):
    residuals = X_b @ w - y
    return np.mean(X_b * residuals[:, None], axis=1)


@check_mse_gradient.misconception
def flipped_sign(X_b, y, w):
    """Every entry has the wrong sign: following it, the loss falls where a gradient says it rises."""
    return (2 / len(y)) * X_b.T @ (y - X_b @ w)


@check_mse_gradient.misconception
def factor_missing(X_b, y, w):
    """Every entry is half of what it should be: what does the square leave in front?"""
    return X_b.T @ (X_b @ w - y) / len(y)


@check_mse_gradient.misconception
def sum_instead_of_mean(X_b, y, w):
    """Your gradient grows with the number of samples; the loss is a mean."""
    return 2 * X_b.T @ (X_b @ w - y)


@check_mse_gradient.another(sum_instead_of_mean)
def half_the_sum(X_b, y, w):
    return X_b.T @ (X_b @ w - y)


@check_mse_gradient.misconception
def divided_by_columns(X_b, y, w):
    """You divide by the number of columns; the mean runs over the samples."""
    return (2 / X_b.shape[1]) * X_b.T @ (X_b @ w - y)


@check_mse_gradient.misconception
def means_multiplied(X_b, y, w):
    """You multiply two means; the mean of products is something else."""
    return 2 * np.mean(X_b @ w - y) * np.mean(X_b, axis=0)


@check_mse_gradient.misconception
def samples_kept_apart(X_b, y, w):
    """You return the share of every sample; their mean over the samples is asked."""
    residuals = X_b @ w - y
    return 2 * X_b * residuals.reshape(-1, 1)


@check_mse_gradient.another(samples_kept_apart)
def samples_without_factor(X_b, y, w):
    return X_b * (X_b @ w - y)[:, None]


@check_mse_gradient.another(samples_kept_apart)
def samples_divided_by_n(X_b, y, w):
    return 2 / len(y) * X_b * (X_b @ w - y)[:, None]


@check_mse_gradient.misconception
def column_shape(X_b, y, w):
    """The numbers are right, but their shape is not that of w: a gradient has one entry per weight."""
    residuals = (X_b @ w - y).reshape(-1, 1)
    return (2 / len(y)) * X_b.T @ residuals


@check_mse_gradient.another(column_shape)
def row_shape(X_b, y, w):
    residuals = (X_b @ w - y).reshape(1, -1)
    return (2 / len(y)) * residuals @ X_b


@check_mse_gradient.misconception
def target_forgotten(X_b, y, w):
    """Your result does not depend on y: the residual is missing its target."""
    return (2 / len(y)) * X_b.T @ (X_b @ w)


@check_mse_gradient.misconception
def inputs_forgotten(X_b, y, w):
    """All entries are alike: weigh each residual by the feature that its weight multiplies."""
    return np.full(len(w), 2 * np.mean(X_b @ w - y))


@check_mse_gradient.another(inputs_forgotten)
def one_number(X_b, y, w):
    return 2 * np.mean(X_b @ w - y)


@check_mse_gradient.misconception
def step_instead_of_gradient(X_b, y, w):
    """You return the weights after a step; only the gradient is asked here."""
    gradient = (2 / len(y)) * X_b.T @ (X_b @ w - y)
    return w - 0.01 * gradient


@check_mse_gradient.another(step_instead_of_gradient)
def step_at_rate_1(X_b, y, w):
    return w - (2 / len(y)) * X_b.T @ (X_b @ w - y)


@check_mse_gradient.another(step_instead_of_gradient)
def step_at_rate_tenth(X_b, y, w):
    return w - (0.2 / len(y)) * X_b.T @ (X_b @ w - y)


@check_mse_gradient.another(step_instead_of_gradient)
def step_uphill(X_b, y, w):
    return w + (2 / len(y)) * X_b.T @ (X_b @ w - y)


@check_mse_gradient.misconception
def loss_instead_of_gradient(X_b, y, w):
    """You return the loss, one number; asked is its derivative by each weight."""
    return np.mean((X_b @ w - y) ** 2)


@check_mse_gradient.misconception
def measured_by_nudging(X_b, y, w):
    """A nudge of fixed size drowns in rounding where weights are large: compute the slopes."""

    def loss(v):
        return np.mean((X_b @ v - y) ** 2)

    h = 1e-4
    return np.array([(loss(w + h * e) - loss(w - h * e)) / (2 * h) for e in np.eye(len(w))])


def _slope_of_loss(X_b: Array, y: Array, w: Array, step: float) -> Array:
    """Central differences: for a quadratic they are exact whatever the step, so the step is large."""
    nudges = step * np.eye(len(w))
    changes = [mean_square(X_b, y, w + nudge) - mean_square(X_b, y, w - nudge) for nudge in nudges]
    return np.array(changes) / (2 * step)
