"""What the playgrounds and the animation compute with: answers, so nothing here is for use in an exercise.

Descent on a mean of squares is solved exactly instead of step by step: along each eigenvector of the Hessian
the distance to the least-squares solution shrinks by a constant factor.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def descent_path(A: Array, y: Array, rate: float, steps: int, start: Array | None = None) -> Array:
    """Give all parameters on the way down the mean of squared residuals of `A @ theta` against `y`.

    `A` is (n, d), `y` (n,), `start` (d,), zeros if not given. The result is (steps + 1, d); row k is theta
    after k steps. A rate above the stable one ends in inf or nan, which is an answer.
    """
    _refuse(A, y, rate, steps)
    begin = np.zeros(A.shape[1]) if start is None else np.asarray(start, dtype=float)
    bottom = np.linalg.lstsq(A, y, rcond=None)[0]
    curvatures, directions = np.linalg.eigh(2 / len(y) * A.T @ A)
    with np.errstate(over="ignore", invalid="ignore"):
        factors = (1 - rate * curvatures) ** np.arange(steps + 1)[:, None]
        path = bottom + (factors * (directions.T @ (begin - bottom))) @ directions.T
    path[0] = begin  # to the last bit, where the sum above rounds
    return path


def squared_loss(A: Array, y: Array, thetas: Array) -> Array:
    """Give the mean of squared residuals for each row of `thetas` (k, d), as (k,)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return ((thetas @ A.T - y) ** 2).mean(axis=1)


def line_matrix(X: Array) -> Array:
    """Give the (n, 2) matrix whose product with (w, b) is the line's value at each x."""
    return np.vander(X, 2)  # powers 1 and 0


def unit_spread(X: Array) -> Array:
    """Give the same places (n,) on a scale whose zero is their middle and whose unit is their spread."""
    away = X - X.mean()
    return away / np.linalg.norm(away) * len(X) ** 0.5


def level_curve(A: Array, y: Array, above: float, points: int = 121) -> Array:
    """Give the ellipse (points, 2) of thetas whose loss is higher by `above` than the lowest; `A` is (n, 2)."""
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
