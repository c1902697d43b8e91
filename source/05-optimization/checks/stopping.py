"""The hidden checks of `stop_at` and `early_stopping`: when a run has gone on for long enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, OVERFLOW, changed, nothing, raised

from .column_problem import Array, draw_columns, is_any, largest_curvature, mean_square, same, thetas_along

INF, NAN = float("inf"), float("nan")


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


@check(
    returns_nothing="The function always gives None: where the run has stopped improving its place is asked.",
    argument_changed=CHANGED,
    patience_not_reset="A loss that improves enough ends the waiting: counting starts again from zero.",
    absolute_value="A loss that grows is no improvement, by however much: look at the sign of the difference.",
    growth_resets="A loss that grows is no improvement, by however much: your counting starts again there.",
    nan_never_stops="Where a loss is nan or inf nothing improves, and no comparison with nan is true.",
    exactly_tol_counted="An improvement of exactly tol counts as one: only less than that is too little.",
    first_loss_counted="The first loss has nothing before it to be compared with, so it is never counted.",
    compared_to_best="Each loss is compared with the one before it: you compare with the best so far.",
    relative_improvement="tol is a difference of losses: you take it as a share of the loss.",
    one_late="You stop one loss late: patience losses in a row are enough.",
    one_early="You stop one loss early: patience losses in a row are needed.",
    counted_from_zero="Your result is one too low: the first loss has number 1.",
    where_it_began="You give the place where the waiting began: asked is where patience runs out.",
    last_instead_of_first="You go on to the end: the first place at which patience runs out is asked.",
    never_is_not_none="A run that never stops has no such place: None is asked.",
    loss_instead_of_place="You return a loss: its place is asked.",
    tol_ignored="tol does not play the part it should: an improvement is measured against the tol passed in.",
    patience_ignored="Your waiting does not last as long as the patience that is passed in.",
)
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


# early_stopping ----------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    wrong_order="The three results have changed places: theta, then the history, then where the run stopped.",
    best_returned="You return the theta with the lowest loss: the one after the last step is asked.",
    one_step_behind="The theta that you return misses the last step: it belongs to the last loss.",
    flat_theta="The numbers are right, but theta has lost its second axis: a column is asked.",
    start_loss_added="The history holds a loss for each step: the loss at the start only serves to compare with.",
    loss_before_step="Your losses are one step behind: step first, then note the loss of where you are.",
    start_not_compared="The loss at the start is the loss before iteration 1: the first step is compared, too.",
    nan_never_stops="Where a loss is inf or nan nothing improves, and no comparison with nan is true.",
    absolute_value="A loss that grows is no improvement: a run that diverges should stop soon.",
    relative_improvement="tol is a difference of losses: you take it as a share of the loss.",
    one_late="You stop one iteration late: patience iterations in a row are enough.",
    one_early="You stop one iteration early: patience iterations in a row are needed.",
    stops_at_first="You stop at the first small improvement: patience says how many in a row are needed.",
    never_stops="Your run goes on to max_iters: it should end once patience has run out.",
    tail_cut_off="You drop the iterations of waiting at the end: they belong to the run.",
    stopped_at_off_by_one="stopped_at is the number of the last iteration, the same as the length of the history.",
    no_place_at_the_limit="A run that ends at max_iters stops there: stopped_at is the history's length again.",
    max_iters_overrun="Your run goes beyond max_iters, or ends short of it.",
    raises_when_diverging=OVERFLOW,
    tol_ignored="Your run does not end where it should for the tol that is passed in.",
    uphill="Your losses grow where they should fall: the step goes along the gradient, not against it.",
)
def check_early_stopping(early_stopping: Callable[..., Any]) -> Iterator[Finding]:
    """early_stopping(X, y, alpha, tol, patience, max_iters) gives (theta, history, stopped_at) of one run."""
    rng = generator()
    first = _stopped(early_stopping, rng, 12, 2, 1.0, (1e-3, 4, 500))
    yield first
    yield _stopped(early_stopping, rng, 20, 3, 0.6, (1e-2, 1, 480))
    if first.ok:  # else it might take all of its 10,000 iterations
        yield _stopped(early_stopping, rng, 15, 2, 0.9, ())
    yield _stopped(early_stopping, rng, 10, 2, 3.5, (1e-6, 6, 480))  # grows from the start
    yield _stopped(early_stopping, rng, 10, 2, 0.1, (1e-9, 5, 8))  # ends at max_iters
    X, y, _ = draw_columns(rng, 9, 2)
    call = Call(early_stopping, X, y, 1e200, 1e-6, 5, 60)

    def stops_at_once(value: Any) -> bool:
        return len(value[1]) == value[2] == 5 and not np.isfinite(np.asarray(value[1], dtype=float)).any()

    mistakes = {
        "returns_nothing": nothing,
        "nan_never_stops": lambda call: len(call.value[1]) == 60,
        "absolute_value": lambda call: len(call.value[1]) > 5,
        "start_not_compared": lambda call: len(call.value[1]) == 6,
        "one_late": lambda call: len(call.value[1]) == 6,
        "raises_when_diverging": raised,
    }
    yield call.satisfies(stops_at_once, "5 losses, none of them finite, and stopped_at 5", mistakes)


def _draw_run(rng: np.random.Generator, n: int, d: int, share: float, tol: float) -> tuple[Array, Array, float]:
    """A problem on which no improvement comes so near to tol that rounding could decide."""
    while True:
        X, y, _ = draw_columns(rng, n, d)
        X[:, 1:] = (X[:, 1:] - X[:, 1:].mean(axis=0)) * 1.3 + 0.4
        rate = float(share / largest_curvature(X))
        path = thetas_along(X, y, np.zeros((d, 1)), rate, 40 if share > 2 else 400)
        gains = -np.diff([mean_square(X, y, theta) for theta in path])
        if np.abs(gains - tol).min() > 1e-3 * tol and (gains[0] < 0 if share > 2 else gains[-1] < tol):
            return X, y, rate


def _stopped(
    early_stopping: Callable[..., Any],
    rng: np.random.Generator,
    n: int,
    d: int,
    share: float,
    rule: tuple[Any, ...],
) -> Finding:
    defaults: tuple[Any, ...] = (1e-6, 10, 10_000)
    tol, patience, most = rule + defaults[len(rule) :]
    X, y, rate = _draw_run(rng, n, d, share, tol)
    path = thetas_along(X, y, np.zeros((d, 1)), rate, 450)
    losses = [mean_square(X, y, theta) for theta in path]
    place = stops(losses, tol, patience)
    assert place is not None
    last = min(place - 1, most)
    right = (path[last], losses[1 : last + 1], last)

    def is_end(end: int) -> Any:
        return lambda call: same(call.value[1], losses[1 : min(end, most) + 1]) and min(end, most) != last

    def others_right(call: Call) -> bool:
        return same(call.value[0], path[last]) and same(call.value[1], right[1])

    first_small = stops(losses, tol, 1) or 0
    up = thetas_along(X, y, np.zeros((d, 1)), -rate, 3)
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "wrong_order": lambda call: any(
            same(tuple(call.value[k] for k in order), right)
            for order in ((0, 2, 1), (1, 0, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1))
        ),
        "best_returned": lambda call: (
            not same(call.value[0], path[last])
            and same(call.value[1], right[1])
            and any(same(call.value[0], path[int(np.argmin(losses[k : last + 1])) + k]) for k in (0, 1))
        ),
        "one_step_behind": (path[last - 1], *right[1:]),
        "flat_theta": (path[last][:, 0], *right[1:]),
        "start_loss_added": lambda call: same(call.value[1], losses[: last + 1]),
        "loss_before_step": lambda call: same(call.value[1], losses[:last]),
        "start_not_compared": _without_start(losses, tol, patience, most, is_end),
        "absolute_value": lambda call: len(call.value[1]) > last + 2 and share > 2,
        "nan_never_stops": lambda _: False,
        "relative_improvement": is_end((stops(losses, tol, patience, "relative_improvement") or most + 1) - 1),
        "one_late": is_end(last + 1),
        "one_early": lambda call: is_end(last - 1)(call) or patience == 1 == len(call.value[1]),
        "stops_at_first": is_end(first_small - 1),
        "never_stops": lambda call: len(call.value[1]) == most > last,
        "tail_cut_off": lambda call: (
            same(call.value[1], losses[1 : last - patience + 1]) or same(call.value[0], path[last - patience])
        ),
        "stopped_at_off_by_one": lambda call: others_right(call) and call.value[2] in (last - 1, last + 1),
        "no_place_at_the_limit": lambda call: others_right(call) and call.value[2] is None,
        "max_iters_overrun": lambda call: len(call.value[1]) in (most - 1, most + 1) or len(call.value[1]) > most,
        "raises_when_diverging": raised,
        "tol_ignored": lambda call: same(call.value[1], losses[1 : len(call.value[1]) + 1]),
        "uphill": lambda call: same(call.value[1][0], mean_square(X, y, up[1])),
    }
    return Call(early_stopping, X, y, rate, *rule).gives(right, slips, rtol=1e-6, atol=1e-9)


def _without_start(losses: list[float], tol: float, patience: int, most: int, is_end: Any) -> Any:
    place = stops(losses[1:], tol, patience)
    return is_end(place if place is not None else most)
