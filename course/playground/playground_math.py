"""The mathematics of the playgrounds. It computes what exercises ask for, so no lesson uses it.

Gradient descent on a mean of squares has a closed form, so no loop is needed: along each eigenvector of the
Hessian, the distance to the least-squares solution shrinks by a constant factor at every step.
"""

from __future__ import annotations

import numpy as np

__all__ = ["descent_path", "level_curve", "line_matrix", "squared_loss", "unit_spread"]

Array = np.ndarray


def descent_path(A: Array, y: Array, rate: float, steps: int, start: Array | None = None) -> Array:
    """Return every theta that gradient descent visits on the mean squared residual of `A @ theta` against `y`.

    `A` is (n, d), `y` (n,), `start` (d,), by default zeros. The result is (steps + 1, d); row k is theta after k
    steps. A rate that is too high ends in inf or nan: that is the answer, not an error. Raises ValueError if the
    lengths differ, `y` is empty, `rate` is not finite and positive or `steps` is negative.
    """
    _refuse(A, y, rate, steps)
    begin = np.zeros(A.shape[1]) if start is None else np.asarray(start, dtype=float)
    bottom = np.linalg.lstsq(A, y, rcond=None)[0]
    curvatures, directions = np.linalg.eigh(2 / len(y) * A.T @ A)
    with np.errstate(over="ignore", invalid="ignore"):
        factors = (1 - rate * curvatures) ** np.arange(steps + 1)[:, None]
        path = bottom + (factors * (directions.T @ (begin - bottom))) @ directions.T
    path[0] = begin  # exact, unlike the rounded sum above
    return path


def squared_loss(A: Array, y: Array, thetas: Array) -> Array:
    """Return the mean squared residual, (k,), for each row of `thetas`, (k, d)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return ((thetas @ A.T - y) ** 2).mean(axis=1)


def line_matrix(X: Array) -> Array:
    """Return the (n, 2) matrix whose product with (w, b) is the line's y at each of `X`, (n,)."""
    return np.vander(X, 2)  # powers 1 and 0


def unit_spread(X: Array) -> Array:
    """Standardize `X`, (n,): subtract its mean and divide by its standard deviation."""
    away = X - X.mean()
    return away / np.linalg.norm(away) * len(X) ** 0.5


def level_curve(A: Array, y: Array, above: float, points: int = 121) -> Array:
    """Return the ellipse, (points, 2), of the thetas whose loss exceeds the lowest by `above`; `A` is (n, 2)."""
    bottom = np.linalg.lstsq(A, y, rcond=None)[0]
    _, sizes, axes = np.linalg.svd(A, full_matrices=False)
    turn = np.linspace(0, 2 * np.pi, points)
    circle = np.array([np.cos(turn), np.sin(turn)])
    return bottom + (np.sqrt(above * len(y)) * circle / sizes[:, None]).T @ axes


def _refuse(A: Array, y: Array, rate: float, steps: int) -> None:
    if len(y) == 0:
        raise ValueError("y is empty: a line needs at least one point")
    if len(A) != len(y):
        raise ValueError(f"X has {len(A)} values and y has {len(y)}: each x needs its y")
    if not (np.isfinite(rate) and rate > 0):
        raise ValueError(f"rate is {rate!r}: it must be a finite positive number")
    if steps < 0:
        raise ValueError(f"steps is {steps!r}: it must be zero or more")
