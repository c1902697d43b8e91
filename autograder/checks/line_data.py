"""What the right answers of lesson 1 are, computed in other ways than a solution would.

The slopes come from central differences, a run from the recurrence in the moments of the data, the best line
from least squares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.mistakes import away_from_zero

__all__ = ["LineData", "Run"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LineData:
    """A line with noise whose x is centred on neither 0 nor 1, and the mathematics of its loss."""

    X: Array
    y: Array

    @classmethod
    def drawn(cls, rng: np.random.Generator, n: int) -> LineData:
        """Draw n points."""
        X = rng.uniform(-2.0, 3.4, n).round(3)  # as a message shows them
        return cls(X, (away_from_zero(rng) * X + 4 * away_from_zero(rng) + rng.normal(0.0, 0.7, n)).round(3))

    def loss(self, w: float, b: float) -> float:
        """Give the mean squared error of the line (w, b)."""
        return float(np.mean((self.y - (w * self.X + b)) ** 2))

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """Give (dL/dw, dL/db) by central differences, which are exact for a quadratic up to rounding."""
        dw = self.loss(w + 0.5, b) - self.loss(w - 0.5, b)
        db = self.loss(w, b + 0.5) - self.loss(w, b - 0.5)
        return dw, db

    def largest_rate(self) -> float:
        """Give the rate above which gradient descent diverges: 2 over the Hessian's largest eigenvalue."""
        design = np.column_stack([self.X, np.ones_like(self.X)])
        return float(2 / np.linalg.eigvalsh(2 * design.T @ design / self.X.size)[-1])

    def best(self) -> Array:
        """Give the least-squares (w, b)."""
        design = np.column_stack([self.X, np.ones_like(self.X)])
        return np.asarray(np.linalg.lstsq(design, self.y, rcond=None)[0])

    def descend(self, rate: float, epochs: int, w: float = 0.0, b: float = 0.0, *, w_first: bool = False) -> Run:
        """Follow gradient descent by its recurrence in the moments of the data.

        `w_first` makes the well-known mistake: the step in b is taken where the step in w has led.
        """
        mean_x, mean_y = self.X.mean(), self.y.mean()
        mean_xx, mean_xy = (self.X * self.X).mean(), (self.X * self.y).mean()
        run = Run([], [], [], (w, b))
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                run.loss.append(self.loss(w, b))
                new_w = float(w - rate * 2 * (mean_xx * w + mean_x * b - mean_xy))
                step_b = 2 * (mean_x * (new_w if w_first else w) + b - mean_y)
                w, b = new_w, float(b - rate * step_b)
                run.w.append(w)
                run.b.append(b)
        return run


@dataclass(frozen=True)
class Run:
    """The history of a run: the loss before each step, w and b after it, and where it began."""

    loss: list[float]
    w: list[float]
    b: list[float]
    start: tuple[float, float]
