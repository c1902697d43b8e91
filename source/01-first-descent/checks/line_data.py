"""What the right answers of lesson 1 are, computed in other ways than a solution would.

The slopes come from central differences, a run from the recurrence in the moments of the data, the best line
from least squares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.checking.mistakes import away_from_zero

__all__ = ["LineData", "Run"]

Array = NDArray[np.float64]

ROUNDING = 1e-6  # what a slope near zero may differ by: central differences are a right gradient


@dataclass(frozen=True)
class LineData:
    """A line with noise whose x is centred on neither 0 nor 1, and the mathematics of its loss."""

    X: Array
    y: Array

    @classmethod
    def drawn(cls, rng: np.random.Generator, n: int) -> LineData:
        """Draw n points."""
        return cls.around_a_line(rng, rng.uniform(-2.0, 3.4, n).round(3))  # as a message shows them

    @classmethod
    def even(cls, rng: np.random.Generator, n: int) -> LineData:
        """Draw n points whose x are evenly spaced: the Hessian's eigenvalues are then always 1 to 4, or nearer."""
        return cls.around_a_line(rng, rng.permutation(np.linspace(-2.0, 3.4, n)))

    @classmethod
    def around_a_line(cls, rng: np.random.Generator, X: Array) -> LineData:
        """Draw a line, and a point with noise for each x."""
        return cls(X, (away_from_zero(rng) * X + 4 * away_from_zero(rng) + rng.normal(0.0, 0.7, X.size)).round(3))

    def loss(self, w: float, b: float) -> float:
        """Give the mean squared error of the line (w, b)."""
        return float(np.mean((self.y - (w * self.X + b)) ** 2))

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """Give (dL/dw, dL/db) by central differences, which are exact for a quadratic up to rounding."""
        dw = self.loss(w + 0.5, b) - self.loss(w - 0.5, b)
        db = self.loss(w, b + 0.5) - self.loss(w, b - 0.5)
        return dw, db

    def best_rate(self) -> float:
        """Give the rate that is fastest in the end: 2 over the sum of the Hessian's eigenvalues, its trace."""
        return float(1 / (np.mean(self.X**2) + 1))

    def largest_rate(self) -> float:
        """Give the rate above which gradient descent diverges: 2 over the Hessian's largest eigenvalue.

        The Hessian is [[2 a, 2 b], [2 b, 2]] with a the mean of x squared and b the mean of x.
        """
        a, b = float((self.X * self.X).mean()), float(self.X.mean())
        return 2 / (a + 1 + math.hypot(a - 1, 2 * b))

    def best(self) -> Array:
        """Give the least-squares (w, b)."""
        design = np.column_stack([self.X, np.ones_like(self.X)])
        return np.asarray(np.linalg.lstsq(design, self.y, rcond=None)[0])

    def descend(self, rate: float, epochs: int, w: float = 0.0, b: float = 0.0, *, w_first: bool = False) -> Run:
        """Follow gradient descent by its recurrence in the moments of the data.

        `w_first` makes the well-known mistake: the step in b is taken where the step in w has led.
        """
        mean_x, mean_y = float(self.X.mean()), float(self.y.mean())
        mean_xx, mean_xy = float((self.X * self.X).mean()), float((self.X * self.y).mean())
        run = Run([], [], [], (w, b))
        for _ in range(epochs):
            new_w = w - rate * 2 * (mean_xx * w + mean_x * b - mean_xy)
            step_b = 2 * (mean_x * (new_w if w_first else w) + b - mean_y)
            w, b = new_w, b - rate * step_b
            run.w.append(w)
            run.b.append(b)
        slopes, heights = np.array([run.start[0], *run.w[:-1]]), np.array([run.start[1], *run.b[:-1]])
        with np.errstate(all="ignore"):
            residuals = self.y - (np.multiply.outer(slopes, self.X) + heights[:, None])
            run.loss.extend((residuals**2).mean(axis=1).tolist())
        return run


@dataclass(frozen=True)
class Run:
    """The history of a run: the loss before each step, w and b after it, and where it began."""

    loss: list[float]
    w: list[float]
    b: list[float]
    start: tuple[float, float]
