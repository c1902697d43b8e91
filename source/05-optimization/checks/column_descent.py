"""The hidden check of `batch_gd`: a run of gradient descent, judged by its closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, OVERFLOW, changed, nothing, raised

from .column_problem import Array, draw_columns, largest_curvature, mean_square, same, thetas_along


@check(
    returns_nothing=NOTHING,
    theta0_changed="Your run moves the caller's theta0, so a second run starts elsewhere: work on new arrays.",
    data_changed=CHANGED,
    theta0_demanded="Without a theta0 your run breaks off: it is optional, and then the start is at zeros.",
    start_not_at_zeros="Without a theta0 the start is at zeros, in every call anew.",
    theta0_ignored="You always start at zeros: where a theta0 is given, the run starts there.",
    history_first="You return the history first: theta comes first, then the history.",
    theta_alone="You return theta alone: the history of losses is asked as well.",
    history_alone="You return the history alone: theta comes first.",
    last_loss_only="You return one loss: one for each iteration is asked, in a list.",
    loss_before_step="Your losses are one step behind: step first, then note the loss of where you are.",
    start_loss_added="One loss too many: the loss at the start is no loss after a step.",
    one_iteration_short="One iteration is missing: iters steps, iters losses.",
    one_iteration_long="There is one iteration too many: iters steps, iters losses.",
    one_step_behind="The losses are right, but the theta you return misses the last step.",
    best_returned="You return the theta with the lowest loss: the one after the last step is asked.",
    uphill="Your losses grow where they should fall: the step goes along the gradient, not against it.",
    alpha_forgotten="Your step does not depend on alpha: it scales the gradient.",
    divided_by_n_again="Your steps are n times too small: the gradient is a mean already.",
    gradient_taken_once="Your gradient stays that of the start: take it anew in each iteration.",
    flat_theta="The numbers are right, but theta has lost its second axis: a column is asked.",
    thetas_in_history="Your history holds thetas: their losses are asked.",
    other_loss="Theta is right, but the history does not hold the mean of the squared residuals.",
    raises_when_diverging=OVERFLOW,
    stops_when_diverging="You stop when a loss is not finite: iters losses are asked, whatever they are.",
    stops_early="You stop before iters: a rule for stopping comes later, in a function of its own.",
)
def check_batch_gd(batch_gd: Callable[..., Any]) -> Iterator[Finding]:
    """batch_gd(X, y, alpha, iters, theta0) gives theta after the last step, and the loss after each."""
    rng = generator()
    trials = ((20, 2, 0.3, 6, True), (9, 3, 0.8, 1, False), (30, 4, 1.2, 25, True), (25, 2, 0.5, 4, False))
    for n, d, share, iters, given in (*trials, (12, 2, 2.6, 9, True)):
        X, y, theta0 = draw_columns(rng, n, d)
        rate = float(share / largest_curvature(X))
        if share > 2:  # start on the steepest line through the minimum, so that the loss grows from the first step
            theta0 = np.linalg.lstsq(X, y, rcond=None)[0] + 3 * np.linalg.svd(X)[2][:1].T
        right, slips = _run_slips(X, y, theta0 if given else None, rate, iters)
        call = Call(batch_gd, X, y, rate, iters, *([theta0] if given else []))
        yield call.gives(right, slips, atol=1e-9)
    yield _resting_run(batch_gd, *draw_columns(rng, 20, 3))
    yield _diverging_run(batch_gd, *draw_columns(rng, 20, 2))


def _run_slips(X: Array, y: Array, theta0: Array | None, rate: float, n: int) -> tuple[Any, dict[str, Any]]:
    zeros = np.zeros((X.shape[1], 1))
    start = zeros if theta0 is None else theta0
    path = thetas_along(X, y, start, rate, n + 1)
    loss = [mean_square(X, y, theta) for theta in path]
    right = (path[n], loss[1 : n + 1])

    def run(start: Array, rate: float) -> tuple[Array, list[float]]:
        other = thetas_along(X, y, start, rate, n)
        return other[n], [mean_square(X, y, theta) for theta in other[1:]]

    def is_descent(call: Call) -> bool:
        """Some run of the right form, from whatever start."""
        return theta0 is None and call.value[0].shape == start.shape and len(call.value[1]) == n

    first_step = path[1] - path[0]
    others = [[k * item for item in right[1]] for k in (0.5, len(y), len(y) / 2)] + [
        [item**0.5 for item in right[1]]
    ]
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "theta0_changed": lambda call: 4 in call.changed,
        "data_changed": lambda call: changed(call) and 4 not in call.changed,
        "theta0_demanded": lambda call: theta0 is None and raised(call),
        "start_not_at_zeros": is_descent,
        "theta0_ignored": lambda call: theta0 is not None and same(call.value, run(zeros, rate)),
        "history_first": right[::-1],
        "theta_alone": path[n],
        "history_alone": right[1],
        "last_loss_only": lambda call: any(same(call.value, (path[n], last)) for last in loss[n - 1 : n + 1]),
        "loss_before_step": (path[n], loss[:n]),
        "start_loss_added": (path[n], loss[: n + 1]),
        "one_iteration_short": (path[n - 1], loss[1:n]),
        "one_iteration_long": (path[n + 1], loss[1 : n + 2]),
        "one_step_behind": (path[n - 1], right[1]),
        "best_returned": lambda call: (
            same(call.value, (path[1 + int(np.argmin(right[1]))], right[1]))
            or same(call.value, (path[int(np.argmin(loss[: n + 1]))], right[1]))
        ),
        "uphill": run(start, -rate),
        "alpha_forgotten": run(start, 1.0),
        "divided_by_n_again": run(start, rate / len(y)),
        "gradient_taken_once": lambda call: same(call.value[0], start + n * first_step),
        "flat_theta": (path[n][:, 0], right[1]),
        "thetas_in_history": lambda call: (
            same(call.value[0], path[n])
            and np.size(call.value[1]) == n * len(start)
            and np.ndim(call.value[1]) > 1
        ),
        "other_loss": lambda call: any(same(call.value, (path[n], losses)) for losses in others),
    }
    return right, slips


def _resting_run(batch_gd: Callable[..., Any], X: Array, y: Array, _: Array) -> Finding:
    """Start at the minimum, where any rule that stops a run would do so at once."""
    lowest = np.linalg.lstsq(X, y, rcond=None)[0].astype(float)
    call = Call(batch_gd, X, y, float(0.5 / largest_curvature(X)), 30, lowest.copy())
    mistakes = {"stops_early": lambda call: len(call.value[1]) < 30 and same(call.value[0], lowest)}
    return call.gives((lowest, [mean_square(X, y, lowest)] * 30), mistakes, atol=1e-9)


def _diverging_run(batch_gd: Callable[..., Any], X: Array, y: Array, theta0: Array) -> Finding:
    rate, iters = float(10 / largest_curvature(X)), 200  # each step multiplies the loss by 81
    early = [mean_square(X, y, theta) for theta in thetas_along(X, y, theta0, rate, 10)[1:]]
    call = Call(batch_gd, X, y, rate, iters, theta0)

    def overflows(value: Any) -> bool:  # a gradient by differences comes to rest at losses of 1e30 or so
        losses = list(value[1])
        return len(losses) == iters and same(losses[:10], early, 1e-4) and not losses[-1] < losses[9]

    mistakes = {
        "returns_nothing": nothing,
        "raises_when_diverging": raised,
        "stops_when_diverging": lambda call: len(call.value[1]) < iters,
    }
    return call.satisfies(overflows, "200 losses that grow, to inf or nan in the end", mistakes)
