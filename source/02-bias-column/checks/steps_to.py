"""The check of `steps_to`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import nothing


@check("changes_argument")
def check_steps_to(steps_to: Callable[..., Any]) -> Iterator[Finding]:
    """steps_to(losses, target) is the first index at or under target, or None; a run must be finite throughout."""
    rng = generator()
    for n in (9, 17, 40):
        yield _arrives(steps_to, *_noisy_run(rng, n))
    low, mid, high = (float(item) for item in np.sort(rng.uniform(0.5, 9, size=3)))
    inf, nan = float("inf"), float("nan")
    yield _arrives(steps_to, [high, mid], low)
    yield _arrives(steps_to, [high, mid, low, low / 2], low)
    yield _arrives(steps_to, [mid, low, low / 2], high)
    yield _arrives(steps_to, [high, low, mid, 4e4 * mid, 1e200], (low + mid) / 2)
    arrived = [high, mid, low, high, 1e300]
    yield _arrives(steps_to, [*arrived, inf, inf], mid)
    yield _arrives(steps_to, [high, inf, mid, low], mid)
    yield _arrives(steps_to, [*arrived, nan], mid)
    yield _arrives(steps_to, [*arrived, inf, nan, nan], low)
    yield _arrives(steps_to, [inf, nan, nan], mid)


@check_steps_to.another("changes_argument")
def pops_losses(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    index = 0
    while losses:
        if losses.pop(0) <= target:
            return index
        index += 1
    return None


@check_steps_to.misconception
def nan_overlooked(losses, target):
    """nan is not finite either, and no comparison with nan is true; ask whether a number is finite."""
    if float("inf") in losses:
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None


@check_steps_to.misconception
def only_last_checked(losses, target):
    """A loss in the middle of the run can be inf as well; all of them must be finite."""
    if not np.isfinite(losses[-1]):
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None


@check_steps_to.misconception
def overflow_taken_for_arrival(losses, target):
    """A run that arrives and overflows later has diverged: look at the whole run first."""
    for index, loss in enumerate(losses):
        if not np.isfinite(loss):
            return None
        if loss <= target:
            return index
    return None


@check_steps_to.another(overflow_taken_for_arrival)
def no_look_for_overflow(losses, target):
    return next((index for index, loss in enumerate(losses) if loss <= target), None)


@check_steps_to.misconception
def growth_taken_for_divergence(losses, target):
    """A run that grows has not diverged as long as all of its losses are finite."""
    if not np.all(np.isfinite(losses)) or losses[-1] > losses[0]:
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None


@check_steps_to.misconception
def zero_taken_for_never(losses, target):
    """Index 0 is an arrival, though Python counts 0 as false."""
    if not np.all(np.isfinite(losses)):
        return None
    found = next((i for i, loss in enumerate(losses) if loss <= target), None)
    return found or None


@check_steps_to.misconception
def never_is_not_none(losses, target):
    """A run that never arrives has no index at all: None is asked."""
    if not np.all(np.isfinite(losses)):
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return len(losses)


@check_steps_to.misconception
def not_at_target(losses, target):
    """A loss that equals the target has arrived."""
    if not np.all(np.isfinite(losses)):
        return None
    for index, loss in enumerate(losses):
        if loss < target:
            return index
    return None


@check_steps_to.misconception
def last_index(losses, target):
    """You give the last index at or under the target; the first is asked."""
    if not np.all(np.isfinite(losses)):
        return None
    found = None
    for index, loss in enumerate(losses):
        if loss <= target:
            found = index
    return found


@check_steps_to.misconception
def index_of_smallest(losses, target):
    """You give the index of the smallest loss; one at or under the target may come earlier."""
    if not np.all(np.isfinite(losses)):
        return None
    best = int(np.argmin(losses))
    return best if losses[best] <= target else None


@check_steps_to.misconception
def counted_from_one(losses, target):
    """Your result is one too high: the first loss has index 0."""
    if not np.all(np.isfinite(losses)):
        return None
    steps = 0
    for loss in losses:
        steps += 1
        if loss <= target:
            return steps
    return None


@check_steps_to.misconception
def loss_instead_of_index(losses, target):
    """You return a loss; its index is asked."""
    if not np.all(np.isfinite(losses)):
        return None
    for loss in losses:
        if loss <= target:
            return loss
    return None


@check_steps_to.misconception
def counted_all(losses, target):
    """You count the losses at or under the target; asked is where the first of them stands."""
    if not np.all(np.isfinite(losses)):
        return None
    count = sum(loss <= target for loss in losses)
    return count if count else None


@check_steps_to.misconception
def above_target(losses, target):
    """You look for losses above the target; an arrival is at or under it."""
    if not np.all(np.isfinite(losses)):
        return None
    for index, loss in enumerate(losses):
        if loss >= target:
            return index
    return None


@check_steps_to.misconception  # the last: of a run that never arrives, None is right
def returns_nothing(losses, target):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    for index, loss in enumerate(losses):
        if loss <= target:
            print("arrived at", index)
            break


def _arrives(steps_to: Callable[..., Any], losses: list[float], target: float) -> Finding:
    below = [index for index, loss in enumerate(losses) if loss <= target]
    arrives = below and np.isfinite(losses).all()
    grows = any(after > before for before, after in pairwise(losses))
    mistakes = {
        "growth_taken_for_divergence": lambda call: grows and nothing(call),
        "never_is_not_none": lambda call: not below and not nothing(call),
    }
    return Call(steps_to, list(losses), target).gives(below[0] if arrives else None, mistakes)


def _noisy_run(rng: np.random.Generator, n: int) -> tuple[list[float], float]:
    """A run above its target, then under it: the first, the nearest, the smallest and the last all differ."""
    target = float(rng.uniform(1, 2))
    losses = [float(item) for item in target + rng.uniform(0.1, 5, size=n)]
    first = int(rng.integers(2, n - 4))
    for index, depth in ((first, 0.2), (first + 1, 0.3), (n - 3, 0.05), (n - 2, 0.5), (n - 1, 0.1)):
        losses[index] = target - depth
    return losses, target
