"""Least squares in exact arithmetic: floats are fractions, and so is what follows from them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["exact_fit"]

Array = NDArray[np.float64]


def exact_fit(X: Array, y: Array) -> Array:
    """Solve the normal equations of X (n, d), of full rank, and y (n,) without rounding; then round once, (d,)."""
    columns = [[Fraction(value) for value in column] for column in [*X.T.tolist(), y.tolist()]]
    rows = [[_product(left, right) for right in columns] for left in columns[:-1]]
    for i, row in enumerate(rows):  # Gauss and Jordan; a Gram matrix of full rank has no pivot that is 0
        row[:] = [value / row[i] for value in row]
        for other in rows:
            if other is not row:
                other[:] = [value - other[i] * lead for value, lead in zip(other, row, strict=True)]
    return np.array([float(row[-1]) for row in rows])


def _product(left: list[Fraction], right: list[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))
