"""The check of `stop_at`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, nothing

from .column_problem import is_any
from .stopping import stops

INF, NAN = float("inf"), float("nan")


@check
def check_stop_at(stop_at: Callable[..., Any]) -> Iterator[Finding]:
    """stop_at(losses, tol, patience) is the number of the loss at which patience in a row improve too little."""
    rng = generator()
    level = float(rng.integers(3, 9))
    yield _stops(stop_at, [level] * 11)
    yield _stops(stop_at, [level] * 10)
    yield _stops(stop_at, [level])
    falling = [float(2.0**-k) for k in range(24)]  # exact differences, under 1e-6 from the 21st on
    yield _stops(stop_at, [level + item for item in falling] + [level] * 20)
    for patience in (1, 2, 4):
        yield _stops(stop_at, _uneven(rng, patience), 0.25, patience)
    for n in (40, 60, 80):
        losses = [
            float(item)
            for item in 20 + np.cumsum(rng.choice([-1.0, -0.125, 0.0625, 0.5], p=[0.4, 0.3, 0.1, 0.2], size=n))
        ]
        yield _stops(stop_at, losses, 0.2, 3)
    yield _stops(stop_at, [level, level - 1.0, *(level - 1.0 + 0.01 * k for k in range(1, 9))], 0.1, 4)
    growing = [float(item) for item in level * 1.7 ** np.arange(14)]
    yield _stops(stop_at, [level + k for k in (9.0, 1.0, 8.0, 7.0, 6.0, 5.0, 4.0, 4.0, 4.0, 4.0, 3.0)], 0.5, 3)
    yield _stops(stop_at, [3 * level, 2 * level, *growing], 1e-3, 6)
    yield _stops(stop_at, [level, level / 2, 1e300, INF, INF, INF, NAN, NAN, NAN, NAN, NAN], 0.1, 7)
    yield _stops(stop_at, [level, *[NAN] * 6], 0.1, 5)
    yield _stops(stop_at, [level + k for k in (4.0, 3.75, 3.5, 3.25, 3.0, 2.875, 2.75, 2.625)], 0.25, 3)
    yield _stops(stop_at, [1000.0, 995.0, 990.0, 985.0, 980.0], 1.0, 2)


@check_stop_at.misconception
def returns_nothing(losses, tol=1e-6, patience=10):
    """The function always gives None: where the run has stopped improving its place is asked."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return print(number)
    return None


@check_stop_at.misconception
def argument_changed(losses, tol=1e-6, patience=10):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    number, waiting = 1, 0
    before = losses.pop(0)
    while losses:
        now = losses.pop(0)
        number += 1
        waiting = 0 if before - now >= tol else waiting + 1
        if waiting == patience:
            return number
        before = now
    return None


@check_stop_at.misconception
def patience_not_reset(losses, tol=1e-6, patience=10):
    """A loss that improves enough ends the waiting: counting starts again from zero."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = waiting if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def absolute_value(losses, tol=1e-6, patience=10):
    """A loss that grows is no improvement, by however much: look at the sign of the difference."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = abs(improvement) >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def growth_resets(losses, tol=1e-6, patience=10):
    """A loss that grows is no improvement, by however much: your counting starts again there."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol or improvement < 0
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def nan_never_stops(losses, tol=1e-6, patience=10):
    """Where a loss is nan or inf nothing improves, and no comparison with nan is true."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = not improvement < tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def exactly_tol_counted(losses, tol=1e-6, patience=10):
    """An improvement of exactly tol counts as one: only less than that is too little."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement > tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def first_loss_counted(losses, tol=1e-6, patience=10):
    """The first loss has nothing before it to be compared with, so it is never counted."""
    waiting = 1
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def compared_to_best(losses, tol=1e-6, patience=10):
    """Each loss is compared with the one before it: you compare with the best so far."""
    waiting, best = 0, losses[0]
    for number, loss in enumerate(losses[1:], start=2):
        waiting = 0 if best - loss >= tol else waiting + 1
        best = min(best, loss)
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def relative_improvement(losses, tol=1e-6, patience=10):
    """tol is a difference of losses: you take it as a share of the loss."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol * losses[number - 2]
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def one_late(losses, tol=1e-6, patience=10):
    """You stop one loss late: patience losses in a row are enough."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting > patience:
            return number
    return None


@check_stop_at.misconception
def one_early(losses, tol=1e-6, patience=10):
    """You stop one loss early: patience losses in a row are needed."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience - 1:
            return number
    return None


@check_stop_at.misconception
def counted_from_zero(losses, tol=1e-6, patience=10):
    """Your result is one too low: the first loss has number 1."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number - 1
    return None


@check_stop_at.misconception
def where_it_began(losses, tol=1e-6, patience=10):
    """You give the place where the waiting began: asked is where patience runs out."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number - patience + 1
    return None


@check_stop_at.misconception
def last_instead_of_first(losses, tol=1e-6, patience=10):
    """You go on to the end: the first place at which patience runs out is asked."""
    waiting, found = 0, None
    for number in range(2, len(losses) + 1):
        waiting = 0 if losses[number - 2] - losses[number - 1] >= tol else waiting + 1
        if waiting >= patience:
            found = number
    return found


@check_stop_at.misconception
def never_is_not_none(losses, tol=1e-6, patience=10):
    """A run that never stops has no such place: None is asked."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return len(losses)


@check_stop_at.misconception
def loss_instead_of_place(losses, tol=1e-6, patience=10):
    """You return a loss: its place is asked."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return losses[number - 1]
    return None


@check_stop_at.misconception
def tol_ignored(losses, tol=1e-6, patience=10):
    """tol does not play the part it should: an improvement is measured against the tol passed in."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= 1e-6
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None


@check_stop_at.misconception
def patience_ignored(losses, tol=1e-6, patience=10):
    """Your waiting does not last as long as the patience that is passed in."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = improvement >= tol
        waiting = 0 if better else waiting + 1
        if waiting == 10:
            return number
    return None


def _uneven(rng: np.random.Generator, patience: int) -> list[float]:
    """Plateaus that are too short, each ended by a good step, then one that is long enough, and one more."""
    losses = [float(rng.integers(60, 90))]
    for length in (patience - 1, patience - 1, patience - 1, patience, patience + 2):
        losses += [losses[-1] - 2.0]
        losses += [losses[-1] - 0.125 * k for k in range(1, length + 1)]
    return losses


def _stops(stop_at: Callable[..., Any], losses: list[float], *rule: Any) -> Finding:
    tol, patience = rule or (1e-6, 10)
    right = stops(losses, tol, patience)
    slips: dict[str, Any] = {
        "returns_nothing": lambda call: nothing(call) and nothing(Call(stop_at, [1.0] * 11)),
        "argument_changed": changed,
        **{slip: stops(losses, tol, patience, slip) for slip in SLIPS},
        "counted_from_zero": None if right is None else right - 1,
        "where_it_began": lambda call: (
            right is not None and call.value in (right - patience, right - patience + 1)
        ),
        "last_instead_of_first": _last_place(losses, tol, patience),
        "never_is_not_none": lambda call: right is None and call.error is None and call.value is not None,
        "loss_instead_of_place": None if right is None else losses[right - 1],
        "tol_ignored": is_any(stops(losses, 1e-6, patience), stops(losses, 0.0, patience)),
        "patience_ignored": stops(losses, tol, 10),
    }
    return Call(stop_at, list(losses), *rule).gives(right, slips)


SLIPS = (
    "patience_not_reset",
    "absolute_value",
    "growth_resets",
    "nan_never_stops",
    "exactly_tol_counted",
    "first_loss_counted",
    "compared_to_best",
    "relative_improvement",
    "one_late",
    "one_early",
)


def _last_place(losses: list[float], tol: float, patience: int) -> int | None:
    ends = [stops(losses[start:], tol, patience) for start in range(len(losses))]
    places = [start + end for start, end in enumerate(ends) if end is not None]
    stale = [
        place
        for place in range(patience, len(losses))
        if stops(losses[place - patience :][: patience + 1], tol, patience)
    ]
    return max([*places, *(place + 1 for place in stale)], default=None)
