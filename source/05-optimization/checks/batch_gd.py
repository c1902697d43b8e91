"""The check of `batch_gd`: a run of gradient descent, judged by its closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, raised

from .column_problem import Array, draw_columns, largest_curvature, mean_square, same, thetas_along


@check("returns_nothing", "changes_argument")
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


@check_batch_gd.another("changes_argument")
def moves_targets(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    y -= 1e-3
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def theta0_changed(X, y, alpha, iters, theta0=None):
    """Your run moves the caller's theta0, so a second run starts elsewhere: work on new arrays."""
    theta, losses = _start(X, theta0), []
    for _ in range(iters):
        theta -= alpha * _slopes(X, y, theta)
        losses.append(_loss(X, y, theta))
    return theta, losses


@check_batch_gd.misconception
def theta0_demanded(X, y, alpha, iters, theta0=None):
    """Without a theta0 your run breaks off: it is optional, and then the start is at zeros."""
    thetas, losses = _run(X, y, alpha, iters, theta0.copy())
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def start_not_at_zeros(X, y, alpha, iters, theta0=None):
    """Without a theta0 the start is at zeros, in every call anew."""
    thetas, losses = _run(X, y, alpha, iters, np.ones((X.shape[1], 1)) if theta0 is None else theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def theta0_ignored(X, y, alpha, iters, theta0=None):
    """You always start at zeros: where a theta0 is given, the run starts there."""
    thetas, losses = _run(X, y, alpha, iters, None)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def history_first(X, y, alpha, iters, theta0=None):
    """You return the history first: theta comes first, then the history."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return losses[1:], thetas[-1]


@check_batch_gd.misconception
def theta_alone(X, y, alpha, iters, theta0=None):
    """You return theta alone: the history of losses is asked as well."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1]


@check_batch_gd.misconception
def history_alone(X, y, alpha, iters, theta0=None):
    """You return the history alone: theta comes first."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return losses[1:]


@check_batch_gd.misconception
def last_loss_only(X, y, alpha, iters, theta0=None):
    """You return one loss: one for each iteration is asked, in a list."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], losses[-1]


@check_batch_gd.another(last_loss_only)
def last_loss_before_step(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], losses[-2]


@check_batch_gd.misconception
def loss_before_step(X, y, alpha, iters, theta0=None):
    """Your losses are one step behind: step first, then note the loss of where you are."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], losses[:-1]


@check_batch_gd.misconception
def start_loss_added(X, y, alpha, iters, theta0=None):
    """One loss too many: the loss at the start is no loss after a step."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], losses


@check_batch_gd.misconception
def one_iteration_short(X, y, alpha, iters, theta0=None):
    """One iteration is missing: iters steps, iters losses."""
    thetas, losses = _run(X, y, alpha, iters - 1, theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def one_iteration_long(X, y, alpha, iters, theta0=None):
    """There is one iteration too many: iters steps, iters losses."""
    thetas, losses = _run(X, y, alpha, iters + 1, theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def one_step_behind(X, y, alpha, iters, theta0=None):
    """The losses are right, but the theta you return misses the last step."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-2], losses[1:]


@check_batch_gd.misconception
def best_returned(X, y, alpha, iters, theta0=None):
    """You return the theta with the lowest loss: the one after the last step is asked."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[1 + np.argmin(losses[1:])], losses[1:]


@check_batch_gd.another(best_returned)
def start_may_be_best(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[np.argmin(losses)], losses[1:]


@check_batch_gd.misconception
def uphill(X, y, alpha, iters, theta0=None):
    """Your losses grow where they should fall: the step goes along the gradient, not against it."""
    thetas, losses = _run(X, y, -alpha, iters, theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def alpha_forgotten(X, y, alpha, iters, theta0=None):
    """Your step does not depend on alpha: it scales the gradient."""
    thetas, losses = _run(X, y, 1.0, iters, theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def divided_by_n_again(X, y, alpha, iters, theta0=None):
    """Your steps are n times too small: the gradient is a mean already."""
    thetas, losses = _run(X, y, alpha / len(y), iters, theta0)
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def gradient_taken_once(X, y, alpha, iters, theta0=None):
    """Your gradient stays that of the start: take it anew in each iteration."""
    theta, losses = _start(X, theta0), []
    slopes = _slopes(X, y, theta)
    for _ in range(iters):
        theta = theta - alpha * slopes
        losses.append(_loss(X, y, theta))
    return theta, losses


@check_batch_gd.misconception
def restarts_each_step(X, y, alpha, iters, theta0=None):
    """Each step begins at the start again: the next one has to begin where the last one led."""
    thetas, losses = _run(X, y, alpha, 1, theta0)
    return thetas[-1], losses[1:] * iters


@check_batch_gd.misconception
def flat_theta(X, y, alpha, iters, theta0=None):
    """The numbers are right, but theta has lost its second axis: a column is asked."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1].ravel(), losses[1:]


@check_batch_gd.misconception
def thetas_in_history(X, y, alpha, iters, theta0=None):
    """Your history holds thetas: their losses are asked."""
    thetas, _ = _run(X, y, alpha, iters, theta0)
    return thetas[-1], thetas[1:]


@check_batch_gd.misconception
def other_loss(X, y, alpha, iters, theta0=None):
    """Theta is right, but the history does not hold the mean of the squared residuals."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], [loss / 2 for loss in losses[1:]]


@check_batch_gd.another(other_loss)
def sums_of_squares(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], [loss * len(y) for loss in losses[1:]]


@check_batch_gd.another(other_loss)
def half_sums(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], [loss * len(y) / 2 for loss in losses[1:]]


@check_batch_gd.another(other_loss)
def roots(X, y, alpha, iters, theta0=None):
    thetas, losses = _run(X, y, alpha, iters, theta0)
    return thetas[-1], [loss**0.5 for loss in losses[1:]]


@check_batch_gd.misconception
def raises_when_diverging(X, y, alpha, iters, theta0=None):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    thetas, losses = _run(X, y, alpha, iters, theta0)
    if not np.isfinite(losses).all():
        raise OverflowError("the run diverges")
    return thetas[-1], losses[1:]


@check_batch_gd.misconception
def stops_when_diverging(X, y, alpha, iters, theta0=None):
    """You stop when a loss is not finite: iters losses are asked, whatever they are."""
    theta, losses = _start(X, theta0), []
    while len(losses) < iters and np.isfinite(losses).all():
        theta = theta - alpha * _slopes(X, y, theta)
        losses.append(_loss(X, y, theta))
    return theta, losses


@check_batch_gd.misconception
def stops_early(X, y, alpha, iters, theta0=None):
    """You stop before iters: a rule for stopping comes later, in a function of its own."""
    theta, losses = _start(X, theta0), []
    while len(losses) < iters and not (len(losses) > 1 and abs(losses[-2] - losses[-1]) < 1e-12):
        theta = theta - alpha * _slopes(X, y, theta)
        losses.append(_loss(X, y, theta))
    return theta, losses


def _run(X, y, alpha, iters, theta0):
    """The thetas of a run and their losses, those of the start first."""
    thetas = [_start(X, theta0)]
    for _ in range(iters):
        thetas.append(thetas[-1] - alpha * _slopes(X, y, thetas[-1]))
    return thetas, [_loss(X, y, theta) for theta in thetas]


def _start(X, theta0):
    return np.zeros((X.shape[1], 1)) if theta0 is None else theta0


def _slopes(X, y, theta):
    return 2 / len(y) * X.T @ (X @ theta - y)


def _loss(X, y, theta):
    return np.mean((X @ theta - y) ** 2)


def _run_slips(X: Array, y: Array, theta0: Array | None, rate: float, n: int) -> tuple[Any, dict[str, Any]]:
    start = np.zeros((X.shape[1], 1)) if theta0 is None else theta0
    path = thetas_along(X, y, start, rate, n)
    right = (path[n], [mean_square(X, y, theta) for theta in path[1:]])

    def is_descent(call: Call) -> bool:
        """Some run of the right form, from whatever start."""
        return theta0 is None and call.value[0].shape == start.shape and len(call.value[1]) == n

    hasty = thetas_along(X, y, start, 1.0, n)[1:]
    slips: dict[str, Any] = {
        "theta0_changed": lambda call: 4 in call.changed,
        "changes_argument": lambda call: changed(call) and 4 not in call.changed,
        "theta0_demanded": lambda call: theta0 is None and raised(call),
        "start_not_at_zeros": is_descent,
        # tested here alone: from the minimum, a rate as large as that makes rounding grow
        "alpha_forgotten": (hasty[-1], [mean_square(X, y, theta) for theta in hasty]),
        "thetas_in_history": lambda call: (
            same(call.value[0], path[n])
            and np.size(call.value[1]) == n * len(start)
            and np.ndim(call.value[1]) > 1
        ),
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
        "raises_when_diverging": raised,
        "stops_when_diverging": lambda call: len(call.value[1]) < iters,
    }
    return call.satisfies(overflows, "200 losses that grow, to inf or nan in the end", mistakes)
