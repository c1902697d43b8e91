"""The points of lesson 1: a noisy line, drawn from a fixed seed."""

from __future__ import annotations

import numpy as np

__all__ = ["line_data"]

Array = np.ndarray


def line_data() -> tuple[Array, Array]:
    """Return lesson 1's points: `X` and `y`, both (100,), around the line with slope 1.5 and intercept 2.

    X lies in [-5, 5]; the noise on y is normal with standard deviation 1.5. Both are drawn from NumPy's legacy
    `RandomState(42)`, whose stream will never change.
    """
    random = np.random.RandomState(42)
    X = random.random_sample(100) * 10 - 5
    return X, np.polyval([1.5, 2.0], X) + random.standard_normal(100) * 1.5
