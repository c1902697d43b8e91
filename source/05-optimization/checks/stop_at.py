"""The check of `stop_at`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import nothing

from .stopping import stops

INF, NAN = float("inf"), float("nan")
STALE = [1.0] * 11, [1.0 + k for k in range(11)]  # whatever counts as improvement, one of them has none


@check("changes_argument")
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


@check_stop_at.another("changes_argument")
def takes_losses_out(losses, tol=1e-6, patience=10):
    place = _place(_gains(losses) >= tol, patience)
    losses.clear()
    return place


@check_stop_at.misconception
def returns_nothing(losses, tol=1e-6, patience=10):
    """The function always gives None: where the run has stopped improving its place is asked."""
    print(_place(_gains(losses) >= tol, patience))


@check_stop_at.misconception
def patience_not_reset(losses, tol=1e-6, patience=10):
    """A loss that improves enough ends the waiting: counting starts again from zero."""
    stale = np.cumsum(~(_gains(losses) >= tol))
    return 2 + int(np.argmax(stale == patience)) if patience in stale else None


@check_stop_at.misconception
def absolute_value(losses, tol=1e-6, patience=10):
    """A loss that grows is no improvement, by however much: look at the sign of the difference."""
    return _place(np.abs(_gains(losses)) >= tol, patience)


@check_stop_at.misconception
def growth_resets(losses, tol=1e-6, patience=10):
    """A loss that grows is no improvement, by however much: your counting starts again there."""
    gains = _gains(losses)
    return _place((gains >= tol) | (gains < 0), patience)


@check_stop_at.misconception
def nan_never_stops(losses, tol=1e-6, patience=10):
    """Where a loss is nan or inf nothing improves, and no comparison with nan is true."""
    return _place(~(_gains(losses) < tol), patience)


@check_stop_at.misconception
def exactly_tol_counted(losses, tol=1e-6, patience=10):
    """An improvement of exactly tol counts as one: only less than that is too little."""
    return _place(_gains(losses) > tol, patience)


@check_stop_at.misconception
def first_loss_counted(losses, tol=1e-6, patience=10):
    """The first loss has nothing before it to be compared with, so it is never counted."""
    place = _place([False, *(_gains(losses) >= tol)], patience)
    return None if place is None else place - 1


@check_stop_at.misconception
def compared_to_best(losses, tol=1e-6, patience=10):
    """Each loss is compared with the one before it: you compare with the best so far."""
    best, better = losses[0], []
    for loss in losses[1:]:
        better.append(best - loss >= tol)
        best = min(best, loss)
    return _place(better, patience)


@check_stop_at.misconception
def relative_improvement(losses, tol=1e-6, patience=10):
    """tol is a difference of losses: you take it as a share of the loss."""
    return _place(_gains(losses) >= tol * np.array(losses[:-1]), patience)


@check_stop_at.another(relative_improvement)
def relative_to_the_size(losses, tol=1e-6, patience=10):
    return _place(_gains(losses) >= tol * np.abs(losses[:-1]), patience)


@check_stop_at.misconception
def one_late(losses, tol=1e-6, patience=10):
    """You stop one loss late: patience losses in a row are enough."""
    return _place(_gains(losses) >= tol, patience + 1)


@check_stop_at.misconception
def one_early(losses, tol=1e-6, patience=10):
    """You stop one loss early: patience losses in a row are needed."""
    return _place(_gains(losses) >= tol, patience - 1)


@check_stop_at.another(one_early)
def one_early_or_at_once(losses, tol=1e-6, patience=10):
    return 2 if patience == 1 else _place(_gains(losses) >= tol, patience - 1)


@check_stop_at.misconception
def counted_from_zero(losses, tol=1e-6, patience=10):
    """Your result is one too low: the first loss has number 1."""
    place = _place(_gains(losses) >= tol, patience)
    return None if place is None else place - 1


@check_stop_at.misconception
def where_it_began(losses, tol=1e-6, patience=10):
    """You give the place where the waiting began: asked is where patience runs out."""
    place = _place(_gains(losses) >= tol, patience)
    return None if place is None else place - patience + 1


@check_stop_at.another(where_it_began)
def before_it_began(losses, tol=1e-6, patience=10):
    place = _place(_gains(losses) >= tol, patience)
    return None if place is None else place - patience


@check_stop_at.misconception
def last_instead_of_first(losses, tol=1e-6, patience=10):
    """You go on to the end: the first place at which patience runs out is asked."""
    waiting, found = 0, None
    for number, good in enumerate(_gains(losses) >= tol, start=2):
        waiting = 0 if good else waiting + 1
        if waiting >= patience:
            found = number
    return found


@check_stop_at.misconception
def never_is_not_none(losses, tol=1e-6, patience=10):
    """A run that never stops has no such place: None is asked."""
    return _place(_gains(losses) >= tol, patience) or len(losses)


@check_stop_at.misconception
def loss_instead_of_place(losses, tol=1e-6, patience=10):
    """You return a loss: its place is asked."""
    place = _place(_gains(losses) >= tol, patience)
    return None if place is None else losses[place - 1]


@check_stop_at.misconception
def tol_ignored(losses, tol=1e-6, patience=10):
    """tol does not play the part it should: an improvement is measured against the tol passed in."""
    return _place(_gains(losses) >= 1e-6, patience)


@check_stop_at.another(tol_ignored)
def any_improvement(losses, tol=1e-6, patience=10):
    return _place(_gains(losses) >= 0, patience)


@check_stop_at.misconception
def patience_ignored(losses, tol=1e-6, patience=10):
    """Your waiting does not last as long as the patience that is passed in."""
    return _place(_gains(losses) >= tol, 10)


def _gains(losses):
    """By how much each loss but the first is better than the one before it."""
    return -np.diff(losses)


def _place(better, patience):
    """The number of the loss at which so many in a row are not better; the first to be judged is the second."""
    waiting = 0
    for number, good in enumerate(better, start=2):
        waiting = 0 if good else waiting + 1
        if waiting == patience:
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
    right = stops(losses, *(rule or (1e-6, 10)))
    slips = {
        "returns_nothing": lambda call: nothing(call) and all(nothing(Call(stop_at, [*run])) for run in STALE),
        "never_is_not_none": lambda call: right is None and call.error is None and call.value is not None,
    }
    return Call(stop_at, list(losses), *rule).gives(right, slips)
