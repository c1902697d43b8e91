"""The loss of a linear model as a bowl, seen along its own axes: there a descent is a recurrence for one number.

An oracle for descents that shares nothing with a loop over gradients: the Hessian is diagonal here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Bowl", "Mask", "Run", "least_squares"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def least_squares(X: Array, y: Array) -> Array:
    """Where the bowl is lowest, (d,)."""
    return np.asarray(np.linalg.lstsq(X, y, rcond=None)[0])


@dataclass(frozen=True)
class Run:
    """How a descent went: theta after each step (iters, d), and the loss there (iters,)."""

    path: Array
    losses: Array

    @property
    def theta(self) -> Array:
        """Where the run ended, (d,)."""
        return np.asarray(self.path[-1])


@dataclass(frozen=True)
class Bowl:
    """The mean squared error of X (n, d) against y (n,): curvatures (d,), steepest first, and axes (d, d)."""

    lowest: Array
    floor: float
    curvatures: Array
    axes: Array

    @classmethod
    def of(cls, X: Array, y: Array) -> Bowl:
        """Find the bowl's axes by a singular value decomposition of X."""
        _, singular, axes = np.linalg.svd(X, full_matrices=False)
        lowest = least_squares(X, y)
        return cls(lowest, float(np.mean((X @ lowest - y) ** 2)), 2 * singular**2 / len(X), axes)

    @property
    def ends(self) -> tuple[float, float]:
        """The largest and the smallest curvature."""
        return float(self.curvatures[0]), float(self.curvatures[-1])

    @property
    def best_rate(self) -> float:
        """The fixed rate of plain descent that shrinks the worst axis most."""
        return 2 / sum(self.ends)

    @property
    def heavy_ball(self) -> tuple[float, float]:
        """Polyak's step and momentum for this bowl (B. T. Polyak, USSR Comput. Math. 4 (1964), 1-17)."""
        steep, flat = np.sqrt(self.ends)
        return float(4 / (steep + flat) ** 2), float(((steep - flat) / (steep + flat)) ** 2)

    def run(self, step: float, momentum: float, iters: int, *, ahead: bool = False) -> Run:
        """Descend from zeros; `ahead` takes the slope where the momentum alone would lead (Nesterov's way)."""
        before = now = -self.axes @ self.lowest  # the error along each axis
        path = np.empty((iters, len(now)))
        for k in range(iters):
            drift = momentum * (now - before)
            place = now + drift if ahead else now
            before, now = now, now + drift - step * self.curvatures * place
            path[k] = now
        losses = self.floor + path**2 @ self.curvatures / 2
        return Run(self.lowest + path @ self.axes, losses)
