"""The check of `momentum_gd`, judged along the axes of the bowl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from course.data.longley import longley

from .bowl import Array, Bowl


@check("returns_nothing", "changes_argument")
def check_momentum_gd(momentum_gd: Any) -> Iterator[Finding]:
    """momentum_gd(X, y, iters) is (theta, history): a heavy ball from zeros, with its best step and momentum."""
    rng = generator()
    for rows, columns, iters in ((9, 2, 1), (25, 3, 40), (12, 4, 7), (8, 1, 3), (60, 6, 90)):
        features = rng.normal(size=(rows, columns)) * np.geomspace(
            rng.uniform(1, 3), rng.uniform(0.2, 0.5), columns
        )
        X = features + rng.uniform(-1, 1, columns) / 2
        yield from _descent_findings(momentum_gd, X, rng.normal(2.0, 3.0, rows), iters)
    features, y = longley()
    features, y = features * rng.uniform(0.98, 1.02, features.shape), y * rng.uniform(0.99, 1.01, y.shape)
    Z = (features - features.mean(axis=0)) / features.std(axis=0)
    yield from _descent_findings(momentum_gd, np.column_stack([np.ones(len(y)), Z]), y / 1000, 250)


def _descent_findings(student: Any, X: Array, y: Array, iters: int) -> Iterator[Finding]:
    """The losses are asked for where theta is right: what led theta astray has led them, too."""
    bowl = Bowl.of(X, y)
    run = bowl.run(*bowl.heavy_ball, iters)
    call = Call(student, X, y, iters)
    other_path = {"other_loss": lambda call: False}
    single = {"history_missing": lambda call: not call.error and not isinstance(call.value, (tuple, list))}
    pair = call.satisfies(has_items(2), "a pair, (theta, history)", other_path | single)
    yield pair
    if not pair.ok:
        return
    theta = call[0].gives(run.theta, other_path, atol=1e-8 * float(np.abs(run.theta).max()))
    yield theta
    if theta.ok:
        other_loss = {"other_loss": lambda call: len(call.value) == iters}
        yield call[1].gives(run.losses.tolist(), other_loss, atol=1e-12)


def _roll(X, y, iters, step, keep, ahead=0.0):
    """Descend from zeros with this step and momentum, the slope taken `ahead` of theta by so many velocities."""
    theta, velocity, history = np.zeros(X.shape[1]), np.zeros(X.shape[1]), []
    for _ in range(iters):
        gradient = 2 / len(y) * X.T @ (X @ (theta + ahead * velocity) - y)
        velocity = keep * velocity - step * gradient
        theta = theta + velocity
        history.append(np.mean((X @ theta - y) ** 2))
    return theta, history


def _ends(X):
    """The largest and the smallest singular value."""
    return np.linalg.svd(X, compute_uv=False)[[0, -1]]


def _polyak(curvatures):
    """The best step and momentum between these two curvatures."""
    steep, flat = np.sqrt(curvatures)
    return 4 / (steep + flat) ** 2, ((steep - flat) / (steep + flat)) ** 2


def _best(X):
    return _polyak(2 / len(X) * _ends(X) ** 2)


@check_momentum_gd.another("changes_argument")
def centres_y(X, y, iters):
    y -= 0.5
    return _roll(X, y, iters, *_best(X))


@check_momentum_gd.misconception
def history_missing(X, y, iters):
    """Two things are asked, theta and the history: a single one came back."""
    return _roll(X, y, iters, *_best(X))[0]


@check_momentum_gd.misconception
def results_swapped(X, y, iters):
    """Both results are right, but in the other order: theta is asked first."""
    theta, history = _roll(X, y, iters, *_best(X))
    return history, theta


@check_momentum_gd.misconception
def theta_is_a_column(X, y, iters):
    """theta has a second axis: one axis, (d,), is asked."""
    theta, history = _roll(X, y, iters, *_best(X))
    return theta.reshape(-1, 1), history


@check_momentum_gd.another(theta_is_a_column)
def theta_is_a_row(X, y, iters):
    theta, history = _roll(X, y, iters, *_best(X))
    return theta.reshape(1, -1), history


@check_momentum_gd.misconception
def same_loss_throughout(X, y, iters):
    """Your history holds one and the same loss all the way: compute it anew after each step."""
    theta, _ = _roll(X, y, iters, *_best(X))
    return theta, [np.mean(y**2)] * iters


@check_momentum_gd.another(same_loss_throughout)
def last_loss_throughout(X, y, iters):
    theta, history = _roll(X, y, iters, *_best(X))
    return theta, history[-1:] * iters


@check_momentum_gd.misconception
def loss_before_step(X, y, iters):
    """Your first loss belongs to the start: each is asked after its step."""
    theta, history = _roll(X, y, iters, *_best(X))
    return theta, [np.mean(y**2), *history[:-1]]


@check_momentum_gd.misconception
def start_recorded(X, y, iters):
    """Your history is one entry too long: the loss at the start does not belong in it."""
    theta, history = _roll(X, y, iters, *_best(X))
    return theta, [np.mean(y**2), *history]


@check_momentum_gd.misconception
def other_loss(X, y, iters):
    """The path is right, but not the loss: the plain mean of the squared residuals is asked."""
    theta, history = _roll(X, y, iters, *_best(X))
    return theta, [loss / 2 for loss in history]


@check_momentum_gd.misconception
def velocity_reset(X, y, iters):
    """No step knows of the one before: your velocity starts from zero each time."""
    step, _ = _best(X)
    return _roll(X, y, iters, step, 0.0)


@check_momentum_gd.misconception
def velocity_sign(X, y, iters):
    """The momentum pushes back: the part that is kept of a velocity points where it pointed before."""
    step, keep = _best(X)
    return _roll(X, y, iters, step, -keep)


@check_momentum_gd.another(velocity_sign)
def theta_against_velocity(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, -step, -keep)


@check_momentum_gd.misconception
def momentum_not_squared(X, y, iters):
    """Your step is right, but the momentum is too large: compare the formulas."""
    step, keep = _best(X)
    return _roll(X, y, iters, step, np.sqrt(keep))


@check_momentum_gd.misconception
def step_not_squared(X, y, iters):
    """Your momentum is right, but not the step: compare the formulas."""
    step, keep = _best(X)
    return _roll(X, y, iters, 2 * np.sqrt(step), keep)


@check_momentum_gd.another(step_not_squared)
def root_of_step(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, np.sqrt(step), keep)


@check_momentum_gd.misconception
def rate_without_momentum(X, y, iters):
    """Your momentum is right, but the step is the best one of a descent without momentum."""
    step = len(X) / np.sum(_ends(X) ** 2)
    return _roll(X, y, iters, step, _best(X)[1])


@check_momentum_gd.another(rate_without_momentum)
def careful_rate(X, y, iters):
    step = len(X) / (2 * _ends(X)[0] ** 2)
    return _roll(X, y, iters, step, _best(X)[1])


@check_momentum_gd.misconception
def singular_values_taken(X, y, iters):
    """L and m are curvatures: you have put singular values of X in their place."""
    return _roll(X, y, iters, *_polyak(_ends(X)))


@check_momentum_gd.another(singular_values_taken)
def doubled_over_n(X, y, iters):
    return _roll(X, y, iters, *_polyak(2 / len(X) * _ends(X)))


@check_momentum_gd.another(singular_values_taken)
def over_n(X, y, iters):
    return _roll(X, y, iters, *_polyak(_ends(X) / len(X)))


@check_momentum_gd.another(singular_values_taken)
def doubled(X, y, iters):
    return _roll(X, y, iters, *_polyak(2 * _ends(X)))


@check_momentum_gd.another(singular_values_taken)
def without_2_over_n(X, y, iters):
    return _roll(X, y, iters, *_polyak(_ends(X) ** 2))


@check_momentum_gd.misconception
def roots_left_out(X, y, iters):
    """The formulas hold the roots of the two curvatures: you have put in the curvatures themselves."""
    return _roll(X, y, iters, *_polyak((2 / len(X) * _ends(X) ** 2) ** 2))


@check_momentum_gd.misconception
def gradient_scaled(X, y, iters):
    """Gradient and curvatures do not belong to one loss: both are those of the mean squared error."""
    step, keep = _best(X)
    return _roll(X, y, iters, step / 2, keep)


@check_momentum_gd.another(gradient_scaled)
def gradient_doubled(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, 2 * step, keep)


@check_momentum_gd.another(gradient_scaled)
def gradient_summed(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, step * len(X), keep)


@check_momentum_gd.another(gradient_scaled)
def half_the_sum(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, step * len(X) / 2, keep)


@check_momentum_gd.another(gradient_scaled)
def curvatures_summed(X, y, iters):
    step, keep = _best(X)
    return _roll(X, y, iters, step / len(X), keep)


@check_momentum_gd.misconception
def averaged_gradient(X, y, iters):
    """Your velocity mixes slope and old velocity in shares: here each counts in full."""
    step, keep = _best(X)
    return _roll(X, y, iters, (1 - keep) * step, keep)


@check_momentum_gd.misconception
def slope_taken_ahead(X, y, iters):
    """The slope is taken where the momentum leads: the heavy ball takes it where theta is."""
    step, keep = _best(X)
    return _roll(X, y, iters, step, keep, ahead=keep)


@check_momentum_gd.misconception
def uphill(X, y, iters):
    """Your loss grows from the first step on: the slope is followed uphill."""
    step, keep = _best(X)
    return _roll(X, y, iters, -step, keep)


@check_momentum_gd.another(uphill)
def uphill_without_memory(X, y, iters):
    step, _ = _best(X)
    return _roll(X, y, iters, -step, 0.0)


@check_momentum_gd.misconception
def one_step_off(X, y, iters):
    """Your run has one step more or less than was asked."""
    return _roll(X, y, iters - 1, *_best(X))


@check_momentum_gd.another(one_step_off)
def one_step_more(X, y, iters):
    return _roll(X, y, iters + 1, *_best(X))
