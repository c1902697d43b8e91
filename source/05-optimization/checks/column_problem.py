"""What lesson 5's checks share: problems whose target and parameters are columns, and descent on them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking.mistakes import Test
from autograder.oracles.linear_problem import same, weights_along

__all__ = ["Array", "draw_columns", "is_any", "largest_curvature", "mean_square", "same", "thetas_along"]

Array = NDArray[np.float64]


def draw_columns(rng: np.random.Generator, n: int, d: int) -> tuple[Array, Array, Array]:
    """Draw X (n, d) with its ones first, y (n, 1) and theta (d, 1); no feature has mean zero."""
    features = rng.normal(size=(n, d - 1)) + rng.uniform(0.5, 1.5, size=d - 1)
    X = np.concatenate([np.full((n, 1), 1.0), features], axis=1)
    return X, rng.normal(size=(n, 1)) * 3 + 2, rng.normal(size=(d, 1))


def mean_square(X: Array, y: Array, theta: Array) -> float:
    """Mean of the squared residuals at theta (d, 1)."""
    return float(np.square(X @ theta - y).mean())


def largest_curvature(X: Array) -> float:
    """Largest eigenvalue of (2/n) X^T X, from the largest singular value of X."""
    return float(2 / len(X) * np.linalg.norm(X, 2) ** 2)


def thetas_along(X: Array, y: Array, start: Array, rate: float, steps: int) -> Array:
    """Theta after 0 ... steps steps of descent, in closed form, as (steps + 1, d, 1)."""
    with np.errstate(all="ignore"):
        return weights_along(X, y[:, 0], start[:, 0], rate, steps)[:, :, None]


def is_any(*wrong: Any) -> Test:
    """Test whether the value of a call is one of these; unlike `like`, for one item of a call as well."""
    return lambda call: call.error is None and any(same(call.value, value) for value in wrong)
