"""The check of `early_stopping`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import raised

from .column_problem import Array, draw_columns, largest_curvature, mean_square, same, thetas_along
from .stopping import stops


@check("returns_nothing", "changes_argument")
def check_early_stopping(early_stopping: Callable[..., Any]) -> Iterator[Finding]:
    """early_stopping(X, y, alpha, tol, patience, max_iters) gives (theta, history, stopped_at) of one run."""
    rng = generator()
    findings = [
        _stopped(early_stopping, rng, 12, 2, 1.0, (1e-3, 4, 500)),
        _stopped(early_stopping, rng, 20, 3, 0.6, (1e-2, 1, 480)),
    ]
    if findings[0].ok:  # else it might take all of its 10,000 iterations
        findings.append(_stopped(early_stopping, rng, 15, 2, 0.9, ()))
    findings.append(_stopped(early_stopping, rng, 10, 2, 3.5, (1e-6, 6, 480)))  # grows from the start
    findings.append(_stopped(early_stopping, rng, 10, 2, 0.1, (1e-9, 5, 8)))  # ends at max_iters
    yield from findings
    if all(finding.ok for finding in findings):
        yield _overflows(early_stopping, *draw_columns(rng, 9, 2))


@check_early_stopping.another("changes_argument")
def takes_predictions_off(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    y -= X @ thetas[-1]
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def wrong_order(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """The three results have changed places: theta, then the history, then where the run stopped."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], len(losses) - 1, losses[1:]


@check_early_stopping.misconception
def best_returned(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """You return the theta with the lowest loss: the one after the last step is asked."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[1 + np.argmin(losses[1:])], losses[1:], len(losses) - 1


@check_early_stopping.another(best_returned)
def start_may_be_best(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[np.argmin(losses)], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def one_step_behind(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """The theta that you return misses the last step: it belongs to the last loss."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-2], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def flat_theta(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """The numbers are right, but theta has lost its second axis: a column is asked."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1].ravel(), losses[1:], len(losses) - 1


@check_early_stopping.misconception
def start_loss_added(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """The history holds a loss for each step: the loss at the start only serves to compare with."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], losses, len(losses)


@check_early_stopping.misconception
def loss_before_step(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Your losses are one step behind: step first, then note the loss of where you are."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], losses[:-1], len(losses) - 1


@check_early_stopping.misconception
def start_not_compared(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """The loss at the start is the loss before iteration 1: the first step is compared, too."""
    theta, waiting = np.zeros((X.shape[1], 1)), 0
    losses = [_loss(X, y, theta)]
    while waiting < patience and len(losses) <= max_iters:
        theta = theta - alpha * _slopes(X, y, theta)
        losses.append(_loss(X, y, theta))
        waiting = 0 if len(losses) == 2 or losses[-2] - losses[-1] >= tol else waiting + 1
    return theta, losses[1:], len(losses) - 1


@check_early_stopping.misconception
def nan_never_stops(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Where a loss is inf or nan nothing improves, and no comparison with nan is true."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters, lambda gain, loss: not gain < tol)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def absolute_value(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """A loss that grows is no improvement: a run that diverges should stop soon."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters, lambda gain, loss: abs(gain) >= tol)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def relative_improvement(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """tol is a difference of losses: you take it as a share of the loss."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters, lambda gain, loss: gain >= tol * loss)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def one_late(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """You stop one iteration late: patience iterations in a row are enough."""
    thetas, losses = _run(X, y, alpha, tol, patience + 1, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def one_early(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """You stop one iteration early: patience iterations in a row are needed."""
    theta, waiting = np.zeros((X.shape[1], 1)), 0
    losses = [_loss(X, y, theta)]
    while len(losses) == 1 or (waiting < patience - 1 and len(losses) <= max_iters):
        theta = theta - alpha * _slopes(X, y, theta)
        losses.append(_loss(X, y, theta))
        waiting = 0 if losses[-2] - losses[-1] >= tol else waiting + 1
    return theta, losses[1:], len(losses) - 1


@check_early_stopping.misconception
def stops_at_first(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """You stop at the first small improvement: patience says how many in a row are needed."""
    thetas, losses = _run(X, y, alpha, tol, 1, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def never_stops(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Your run goes on to max_iters: it should end once patience has run out."""
    thetas, losses = _run(X, y, alpha, tol, np.inf, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def tail_cut_off(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """You drop the iterations of waiting at the end: they belong to the run."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    if len(losses) <= max_iters:
        losses = losses[:-patience]
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def stopped_at_off_by_one(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """stopped_at is the number of the last iteration, the same as the length of the history."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], losses[1:], len(losses) - 2


@check_early_stopping.another(stopped_at_off_by_one)
def counts_the_start(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], losses[1:], len(losses)


@check_early_stopping.misconception
def no_place_at_the_limit(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """A run that ends at max_iters stops there: stopped_at is the history's length again."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1 if len(losses) <= max_iters else None


@check_early_stopping.misconception
def max_iters_overrun(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Your run goes beyond max_iters, or ends short of it."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters + 1)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def raises_when_diverging(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    thetas, losses = _run(X, y, alpha, tol, patience, max_iters)
    if not np.isfinite(losses).all():
        raise OverflowError("the run diverges")
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def tol_ignored(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Your run does not end where it should for the tol that is passed in."""
    thetas, losses = _run(X, y, alpha, 1e-6, patience, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1


@check_early_stopping.misconception
def uphill(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Your losses grow where they should fall: the step goes along the gradient, not against it."""
    thetas, losses = _run(X, y, -alpha, tol, patience, max_iters)
    return thetas[-1], losses[1:], len(losses) - 1


def _run(X, y, alpha, tol, patience, max_iters, improves=None):
    """The thetas of a run and their losses, the start first; `improves` judges a gain."""
    improves = improves or (lambda gain, loss: gain >= tol)
    thetas, waiting = [np.zeros((X.shape[1], 1))], 0
    losses = [_loss(X, y, thetas[0])]
    while waiting < patience and len(losses) <= max_iters:
        thetas.append(thetas[-1] - alpha * _slopes(X, y, thetas[-1]))
        losses.append(_loss(X, y, thetas[-1]))
        waiting = 0 if improves(losses[-2] - losses[-1], losses[-2]) else waiting + 1
    return thetas, losses


def _slopes(X, y, theta):
    return 2 / len(y) * X.T @ (X @ theta - y)


def _loss(X, y, theta):
    return np.mean((X @ theta - y) ** 2)


def _overflows(early_stopping: Callable[..., Any], X: Array, y: Array, _: Array) -> Finding:
    call = Call(early_stopping, X, y, 1e200, 1e-6, 5, 60)

    def stops_at_once(value: Any) -> bool:
        return len(value[1]) == value[2] == 5 and not np.isfinite(np.asarray(value[1], dtype=float)).any()

    mistakes = {"nan_never_stops": lambda call: len(call.value[1]) == 60, "raises_when_diverging": raised}
    return call.satisfies(stops_at_once, "5 losses, none of them finite, and stopped_at 5", mistakes)


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

    slips: dict[str, Any] = {
        "wrong_order": lambda call: any(
            same(tuple(call.value[k] for k in order), right)
            for order in ((0, 2, 1), (1, 0, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1))
        ),
        "start_loss_added": lambda call: same(call.value[1], losses[: last + 1]),
        "loss_before_step": lambda call: same(call.value[1], losses[:last]),
        "nan_never_stops": lambda _: False,
        "absolute_value": lambda call: len(call.value[1]) > last + 2 and share > 2,
        "tail_cut_off": lambda call: (
            same(call.value[1], losses[1 : last - patience + 1]) or same(call.value[0], path[last - patience])
        ),
        "max_iters_overrun": lambda call: len(call.value[1]) in (most - 1, most + 1) or len(call.value[1]) > most,
        "raises_when_diverging": raised,
        "tol_ignored": lambda call: same(call.value[1], losses[1 : len(call.value[1]) + 1]),
    }
    return Call(early_stopping, X, y, rate, *rule).gives(right, slips, rtol=1e-6, atol=1e-9)
