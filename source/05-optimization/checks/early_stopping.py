"""The check of `early_stopping`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, OVERFLOW, changed, nothing, raised

from .column_problem import Array, draw_columns, largest_curvature, mean_square, same, thetas_along
from .stopping import stops


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
