"""What the checks of `stop_at`, `early_stopping` share."""

from __future__ import annotations

from itertools import pairwise


def stops(losses: list[float], tol: float, patience: int) -> int | None:
    """The rule: the 1-based place of the loss at which to stop."""
    stale = 0
    for place, (before, now) in enumerate(pairwise(losses), start=2):
        stale = 0 if before - now >= tol else stale + 1
        if stale >= patience:
            return place
    return None
