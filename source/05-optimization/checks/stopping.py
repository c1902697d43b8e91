"""What the checks of `stop_at`, `early_stopping` share."""

from __future__ import annotations

from itertools import pairwise


def stops(losses: list[float], tol: float, patience: int, slip: str = "") -> int | None:
    """The rule, or the rule with one slip in it: the 1-based place of the loss at which to stop."""
    stale, best = (1 if slip == "first_loss_counted" else 0), losses[0]
    for place, (before, now) in enumerate(pairwise(losses), start=2):
        gain = (best if slip == "compared_to_best" else before) - now
        better = gain >= tol
        if slip == "absolute_value":
            better = abs(gain) >= tol
        elif slip == "growth_resets":
            better = gain >= tol or gain < 0
        elif slip == "nan_never_stops":
            better = not gain < tol
        elif slip == "exactly_tol_counted":
            better = gain > tol
        elif slip == "relative_improvement":
            better = gain >= tol * abs(before)
        best = min(best, now)
        stale = stale + (not better) if slip == "patience_not_reset" else 0 if better else stale + 1
        if stale >= patience + (slip == "one_late") - (slip == "one_early"):
            return place
    return None
