"""The check of `fit_gd`: a run of gradient descent, judged by its closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import raised
from autograder.oracles.linear_problem import (
    Array,
    draw_problem,
    largest_curvature,
    mean_square,
    same,
    weights_along,
)


@check("returns_nothing")
def check_fit_gd(fit_gd: Callable[..., Any]) -> Iterator[Finding]:
    """fit_gd(X_b, y, w0, learning_rate, n_epochs) returns the last weights and the loss before each step."""
    rng = generator()
    for n, columns, share, n_epochs in ((30, 2, 0.3, 7), (9, 3, 0.8, 1), (40, 4, 1.2, 25)):
        X_b, y, w0 = draw_problem(rng, n, columns)
        rate = float(share / largest_curvature(X_b))
        weights = weights_along(X_b, y, w0, rate, n_epochs)
        expected = weights[-1], [mean_square(X_b, y, w) for w in weights[:-1]]
        mistakes = {
            "w0_changed": lambda call: 2 in call.changed,
            "data_changed": lambda call: 0 in call.changed or 1 in call.changed,
            "gradient_taken_once": lambda call, line=w0 + n_epochs * (weights[1] - w0): same(call.value[0], line),
        }
        yield Call(fit_gd, X_b, y, w0, rate, n_epochs).gives(expected, mistakes, atol=1e-9)
    yield _resting_run(fit_gd, *draw_problem(rng, 20, 3))
    yield _diverging_run(fit_gd, *draw_problem(rng, 20, 2))


def _resting_run(fit_gd: Callable[..., Any], X_b: Array, y: Array, _: Array) -> Finding:
    """Start at the minimum, where any rule that stops a run would do so at once."""
    lowest: Array = np.linalg.lstsq(X_b, y, rcond=None)[0].astype(float)
    loss = mean_square(X_b, y, lowest)
    call = Call(fit_gd, X_b, y, lowest.copy(), float(0.5 / largest_curvature(X_b)), 30)
    mistakes = {"stops_early": lambda call: len(call.value[1]) < 30 and len(call.value[0]) == len(lowest)}
    return call.gives((lowest, [loss] * 30), mistakes, atol=1e-9)


def _diverging_run(fit_gd: Callable[..., Any], X_b: Array, y: Array, w0: Array) -> Finding:
    rate, n_epochs = float(10 / largest_curvature(X_b)), 200  # each step multiplies the loss by 81
    early = [mean_square(X_b, y, w) for w in weights_along(X_b, y, w0, rate, 10)]
    call = Call(fit_gd, X_b, y, w0, rate, n_epochs)

    def overflows(value: Any) -> bool:  # a gradient by differences comes to rest at losses of 1e30 or so
        losses = list(value[1])
        return len(losses) == n_epochs and same(losses[:11], early, 1e-4) and not losses[-1] < losses[10]

    mistakes = {
        "raises_when_diverging": lambda call: raised(call) and "NotImplemented" not in repr(call.error),
        "stops_when_diverging": lambda call: len(call.value[1]) < n_epochs,
    }
    return call.satisfies(overflows, "200 losses that grow, to inf or nan in the end", mistakes)


def loss_at(X_b, y, w):
    return np.mean((X_b @ w - y) ** 2)


def path(X_b, y, w, learning_rate, n_epochs):
    weights = [np.array(w)]
    for _ in range(n_epochs):
        weights.append(weights[-1] - learning_rate * 2 / len(y) * X_b.T @ (X_b @ weights[-1] - y))
    return weights


def run(X_b, y, w, learning_rate, n_epochs):
    weights = path(X_b, y, w, learning_rate, n_epochs)
    return weights[-1], [loss_at(X_b, y, w) for w in weights[:-1]]


@check_fit_gd.misconception
def w0_changed(X_b, y, w0, learning_rate, n_epochs):
    """Your function moves the caller's w0, so a second run starts elsewhere; work on a copy."""
    w = w0
    losses = []
    for _ in range(n_epochs):
        losses.append(loss_at(X_b, y, w))
        w -= learning_rate * 2 / len(y) * X_b.T @ (X_b @ w - y)
    return w, losses


@check_fit_gd.misconception
def data_changed(X_b, y, w0, learning_rate, n_epochs):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    X_b -= 0.5 * X_b.mean(axis=0)
    return run(X_b, y, w0, learning_rate, n_epochs)


@check_fit_gd.misconception
def losses_and_weights_swapped(X_b, y, w0, learning_rate, n_epochs):
    """You return the losses first; the weights come first, then the losses."""
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return losses, w


@check_fit_gd.misconception
def weights_only(X_b, y, w0, learning_rate, n_epochs):
    """You return the weights alone; their losses are asked as well, after a comma."""
    return run(X_b, y, w0, learning_rate, n_epochs)[0]


@check_fit_gd.misconception
def losses_only(X_b, y, w0, learning_rate, n_epochs):
    """You return the losses alone; the weights come first."""
    return run(X_b, y, w0, learning_rate, n_epochs)[1]


@check_fit_gd.misconception
def last_loss_only(X_b, y, w0, learning_rate, n_epochs):
    """You return one loss; one per epoch is asked, in a list."""
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, losses[-1]


@check_fit_gd.another(last_loss_only)
def loss_at_the_end(X_b, y, w0, learning_rate, n_epochs):
    w, _ = run(X_b, y, w0, learning_rate, n_epochs)
    return w, loss_at(X_b, y, w)


@check_fit_gd.misconception
def loss_after_step(X_b, y, w0, learning_rate, n_epochs):
    """Your losses are one step ahead: note the loss of the weights you have, then move them."""
    weights = path(X_b, y, w0, learning_rate, n_epochs)
    return weights[-1], [loss_at(X_b, y, w) for w in weights[1:]]


@check_fit_gd.misconception
def final_loss_added(X_b, y, w0, learning_rate, n_epochs):
    """One loss too many: the last step needs no loss after it."""
    weights = path(X_b, y, w0, learning_rate, n_epochs)
    return weights[-1], [loss_at(X_b, y, w) for w in weights]


@check_fit_gd.misconception
def one_epoch_short(X_b, y, w0, learning_rate, n_epochs):
    """One epoch is missing: n_epochs steps, n_epochs losses."""
    return run(X_b, y, w0, learning_rate, n_epochs - 1)


@check_fit_gd.misconception
def one_epoch_long(X_b, y, w0, learning_rate, n_epochs):
    """There is one epoch too many: n_epochs steps, n_epochs losses."""
    return run(X_b, y, w0, learning_rate, n_epochs + 1)


@check_fit_gd.misconception
def weights_one_step_behind(X_b, y, w0, learning_rate, n_epochs):
    """The losses are right, but the weights you return miss the last step."""
    weights = path(X_b, y, w0, learning_rate, n_epochs)
    return weights[-2], [loss_at(X_b, y, w) for w in weights[:-1]]


@check_fit_gd.misconception
def uphill(X_b, y, w0, learning_rate, n_epochs):
    """Your losses grow: the step goes along the gradient, not against it."""
    return run(X_b, y, w0, -learning_rate, n_epochs)


@check_fit_gd.misconception
def learning_rate_forgotten(X_b, y, w0, learning_rate, n_epochs):
    """Your step does not depend on learning_rate."""
    return run(X_b, y, w0, 1.0, n_epochs)


@check_fit_gd.misconception
def divided_by_n_again(X_b, y, w0, learning_rate, n_epochs):
    """Your steps are n times too small: the gradient is a mean already."""
    return run(X_b, y, w0, learning_rate / len(y), n_epochs)


@check_fit_gd.misconception
def starts_at_zeros(X_b, y, w0, learning_rate, n_epochs):
    """You start from zeros; the caller's w0 says where to start."""
    return run(X_b, y, np.zeros_like(w0), learning_rate, n_epochs)


@check_fit_gd.misconception
def gradient_taken_once(X_b, y, w0, learning_rate, n_epochs):
    """Your gradient stays that of the start; it has to be taken anew in each epoch."""
    gradient = 2 / len(y) * X_b.T @ (X_b @ w0 - y)
    weights = [w0 - k * learning_rate * gradient for k in range(n_epochs + 1)]
    return weights[-1], [loss_at(X_b, y, w) for w in weights[:-1]]


@check_fit_gd.misconception
def other_loss(X_b, y, w0, learning_rate, n_epochs):
    """The weights are right, but the losses are not the mean of the squared residuals."""
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, [len(y) * loss for loss in losses]


@check_fit_gd.another(other_loss)
def half_the_sum(X_b, y, w0, learning_rate, n_epochs):
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, [len(y) * loss / 2 for loss in losses]


@check_fit_gd.another(other_loss)
def half_the_mean(X_b, y, w0, learning_rate, n_epochs):
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, [loss / 2 for loss in losses]


@check_fit_gd.another(other_loss)
def rooted(X_b, y, w0, learning_rate, n_epochs):
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, [loss**0.5 for loss in losses]


@check_fit_gd.misconception
def raises_when_diverging(X_b, y, w0, learning_rate, n_epochs):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    if not np.isfinite(losses).all():
        raise OverflowError("diverged: choose a smaller learning_rate")
    return w, losses


@check_fit_gd.misconception
def stops_when_diverging(X_b, y, w0, learning_rate, n_epochs):
    """You stop when a loss is not finite; n_epochs losses are asked, whatever they are."""
    w, losses = run(X_b, y, w0, learning_rate, n_epochs)
    return w, [loss for loss in losses if np.isfinite(loss)]


@check_fit_gd.misconception
def stops_early(X_b, y, w0, learning_rate, n_epochs):
    """You stop before n_epochs; this function has no stopping rule."""
    weights = path(X_b, y, w0, learning_rate, n_epochs)
    losses = [loss_at(X_b, y, w) for w in weights[:-1]]
    for k in range(1, n_epochs):
        if abs(losses[k] - losses[k - 1]) < 1e-9:
            return weights[k], losses[: k + 1]
    return weights[-1], losses
