"""Which samples a run of mini-batch descent drew: read off its losses, by trying every batch there could be.

With few samples all batches can be tried at each step, and on random data only one of them leads to the loss that
the run has noted. So a check sees the batches without knowing how the student draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, combinations_with_replacement

import numpy as np

from .column_problem import Array

__all__ = ["Replay", "Rules", "replay"]

Batch = tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """How a run goes, right unless said otherwise."""

    gain: float = 1.0  # the step is so many times that of the batch's mean gradient
    repeats: bool = False  # a sample can come twice in a batch
    divisor: int = 0  # the sum over a batch is divided by this, instead of by the batch's size
    noted: str = "full"  # which loss is in the history: the full one, or that of the batch "after" or "before"


@dataclass
class Replay:
    """The batches that were found, in order, and theta (d, 1) after them; `complete` if each loss has one."""

    batches: list[Batch] = field(default_factory=list)
    theta: Array = field(default_factory=lambda: np.zeros((0, 1)))
    complete: bool = True


def replay(X: Array, y: Array, rate: float, size: int, history: Sequence[float], rules: Rules = Rules()) -> Replay:
    """Explain each loss of `history` by a batch of at most `size` samples, starting at zeros."""
    batches = _batches(len(X), size, rules.repeats)
    counts = np.array([np.bincount(batch, minlength=len(X)) for batch in batches], dtype=float)
    sizes = counts.sum(axis=1)
    found = Replay(theta=np.zeros((X.shape[1], 1)))
    for loss in history:
        residuals = (X @ found.theta - y)[:, 0]
        shares = rules.divisor or sizes[:, None]
        slopes = 2 * (counts * residuals) @ X / shares
        thetas = found.theta[:, 0] - rate * rules.gain * slopes
        after = np.square(thetas @ X.T - y[:, 0])
        losses = {
            "full": after.mean(axis=1),
            "after": (counts * after).sum(axis=1) / sizes,
            "before": counts @ residuals**2 / sizes,
        }[rules.noted]
        off = np.abs(losses - loss)
        best = int(np.argmin(off))
        if not off[best] <= 1e-9 * (1 + abs(loss)):
            found.complete = False
            return found
        found.batches.append(batches[best])
        found.theta = thetas[best][:, None]
    return found


def _batches(n: int, size: int, repeats: bool) -> list[Batch]:
    """All batches, the full-sized ones first."""
    choose = combinations_with_replacement if repeats else combinations
    return [batch for k in range(size, 0, -1) for batch in choose(range(n), k)]
