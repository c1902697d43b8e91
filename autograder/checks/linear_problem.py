"""What lesson 2's checks share: problems to try, and the signs by which a mistake is known."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.value import difference

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
