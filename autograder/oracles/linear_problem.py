"""Least squares on a matrix whose last column is ones: problems to try, their loss, and descent in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.testing.value import difference

Array = NDArray[np.float64]


def same(got: Any, expected: Any, rtol: float = 1e-6) -> bool:
    """The value agrees with the expected one."""
    return not difference(got, expected, rtol)


def draw_problem(rng: np.random.Generator, n: int, columns: int) -> tuple[Array, Array, Array]:
    """Draw X_b (n, columns) with its ones last, y (n,) and w (columns,); no feature has mean zero."""
    features = rng.normal(size=(n, columns - 1)) + rng.uniform(0.5, 1.5, size=columns - 1)
    return np.column_stack([features, np.ones(n)]), rng.normal(size=n) * 3 + 2, rng.normal(size=columns)


def mean_square(X_b: Array, y: Array, w: Array) -> float:
    """Mean of the squared residuals, the loss at w."""
    return float(np.mean(np.square(X_b @ w - y)))


def largest_curvature(X_b: Array) -> float:
    """Largest eigenvalue of the Hessian (2/n) X_b^T X_b; a run is stable below 2 over it."""
    return float(2 / len(X_b) * np.linalg.norm(X_b, 2) ** 2)


def weights_along(X_b: Array, y: Array, w0: Array, rate: float, n_steps: int) -> Array:
    """Weights after 0 ... n_steps steps, in closed form: the distance from the minimum shrinks by I - rate H."""
    curvatures, axes = np.linalg.eigh(2 / len(y) * X_b.T @ X_b)
    lowest = np.linalg.lstsq(X_b, y, rcond=None)[0]
    powers = (1 - rate * curvatures) ** np.arange(n_steps + 1)[:, None]
    result: Array = lowest + (powers * (axes.T @ (w0 - lowest))) @ axes.T
    return result
