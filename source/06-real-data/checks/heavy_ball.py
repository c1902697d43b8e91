"""The check of lesson 6's descent with momentum, judged along the axes of the bowl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, Test, changed, has_items, nothing
from course.data.longley import longley
from course.testing.value import difference

from .bowl import Array, Bowl, Run


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    history_missing="Two things are asked, theta and the history: a single one came back.",
    results_swapped="Both results are right, but in the other order: theta is asked first.",
    theta_is_a_column="theta has a second axis: one axis, (d,), is asked.",
    same_loss_throughout="Your history holds one and the same loss all the way: compute it anew after each step.",
    loss_before_step="Your first loss belongs to the start: each is asked after its step.",
    start_recorded="Your history is one entry too long: the loss at the start does not belong in it.",
    other_loss="The path is right, but not the loss: the plain mean of the squared residuals is asked.",
    velocity_reset="No step knows of the one before: your velocity starts from zero each time.",
    velocity_sign="The momentum pushes back: the part that is kept of a velocity points where it pointed before.",
    momentum_not_squared="Your step is right, but the momentum is too large: compare the formulas.",
    step_not_squared="Your momentum is right, but not the step: compare the formulas.",
    rate_without_momentum="Your momentum is right, but the step is the best one of a descent without momentum.",
    singular_values_taken="L and m are curvatures: you have put singular values of X in their place.",
    roots_left_out="The formulas hold the roots of the two curvatures: you have put in the curvatures themselves.",
    gradient_scaled="Gradient and curvatures do not belong to one loss: both are those of the mean squared error.",
    averaged_gradient="Your velocity mixes slope and old velocity in shares: here each counts in full.",
    slope_taken_ahead="The slope is taken where the momentum leads: the heavy ball takes it where theta is.",
    uphill="Your loss grows from the first step on: the slope is followed uphill.",
    one_step_off="Your run has one step more or less than was asked.",
)
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
    bowl = Bowl.of(X, y)
    run = bowl.run(*bowl.heavy_ball, iters)
    call = Call(student, X, y, iters)
    mistakes = {"returns_nothing": nothing, "changes_argument": changed} | _forms(bowl, run, iters)
    mistakes |= {label: _went(*runs) for label, runs in _other_runs(bowl, X, y, iters).items()}
    pair = call.satisfies(has_items(2), "a pair, (theta, history)", mistakes)
    yield pair
    if pair.ok:
        yield call[0].gives(run.theta, _of_the_pair(mistakes, call), atol=1e-8 * float(np.abs(run.theta).max()))
        yield call[1].gives(run.losses.tolist(), _of_the_pair(mistakes, call), atol=1e-12)


def _of_the_pair(mistakes: dict[str, Any], whole: Call) -> dict[str, Any]:
    """The same tests, asked of the pair that came back and not of the one item."""
    return {label: lambda _, test=test: test(whole) for label, test in mistakes.items()}


def _forms(bowl: Bowl, run: Run, iters: int) -> dict[str, Test]:
    """Mistakes in what is handed back of a right path."""
    start = bowl.floor + float(np.sum((bowl.axes @ bowl.lowest) ** 2 * bowl.curvatures) / 2)
    losses = run.losses.tolist()

    def theta_is_right(call: Call) -> bool:
        return not difference(np.ravel(call.value[0]), run.theta, 1e-6, 1e-8)

    def history_like(*wrong: Any) -> Test:
        return lambda call: (
            theta_is_right(call) and any(not difference(list(call.value[1]), each) for each in wrong)
        )

    halved, rooted = (run.losses / 2).tolist(), np.sqrt(run.losses).tolist()
    forms: dict[str, Test] = {}
    if iters > 1:
        forms["same_loss_throughout"] = lambda call: len(set(np.ravel(call.value[1]).tolist())) == 1
    return forms | {
        "history_missing": lambda call: call.error is None and not isinstance(call.value, (tuple, list)),
        "results_swapped": lambda call: not difference(call.value[1], run.theta, 1e-6, 1e-8),
        "theta_is_a_column": lambda call: call.value[0].shape in ((run.theta.size, 1), (1, run.theta.size)),
        "loss_before_step": history_like([start, *losses[:-1]]),
        "start_recorded": history_like([start, *losses]),
        "other_loss": lambda call: (
            theta_is_right(call)
            and len(call.value[1]) == iters
            and (history_like(halved, rooted)(call) or bool(difference(list(call.value[1]), losses)))
        ),
    }


def _other_runs(bowl: Bowl, X: Array, y: Array, iters: int) -> dict[str, list[Run]]:
    """The paths that other steps and momenta lead along."""
    step, momentum = bowl.heavy_ball
    steep, flat = np.sqrt(bowl.ends)
    count = len(X)

    def with_ends(steep: float, flat: float) -> Run:
        total = steep + flat
        return bowl.run(float(4 / total**2), float(((steep - flat) / total) ** 2), iters)

    singular = np.sqrt(np.array(bowl.ends) * count / 2)
    nowhere = Run(np.zeros((1, len(bowl.lowest))), np.zeros(1))
    around = [bowl.run(step, momentum, iters + 1), bowl.run(step, momentum, iters - 1) if iters > 1 else nowhere]
    return {
        "velocity_reset": [bowl.run(step, 0.0, iters)],
        "velocity_sign": [bowl.run(step, -momentum, iters), bowl.run(-step, -momentum, iters)],
        "momentum_not_squared": [bowl.run(step, momentum**0.5, iters)],
        "step_not_squared": [bowl.run(share / (steep + flat), momentum, iters) for share in (2.0, 4.0)],
        "rate_without_momentum": [bowl.run(rate, momentum, iters) for rate in (bowl.best_rate, 1 / steep**2)],
        "singular_values_taken": [
            with_ends(*np.sqrt(singular * scale)) for scale in (1.0, 2.0, 1 / count, 2 / count)
        ]
        + [with_ends(*singular)],
        "roots_left_out": [with_ends(steep**2, flat**2)],
        "gradient_scaled": [
            bowl.run(step * scale, momentum, iters) for scale in (0.5, 2.0, count / 2, count, 2 / count, 1 / count)
        ],
        "averaged_gradient": [bowl.run(step * (1 - momentum), momentum, iters)],
        "slope_taken_ahead": [bowl.run(step, momentum, iters, ahead=True)],
        "uphill": [bowl.run(-step, momentum, iters), bowl.run(-step, 0.0, iters)],
        "one_step_off": around,
    }


def _went(*runs: Run) -> Test:
    """The pair is where one of these runs ended; where one blew up, theta is beyond all use, too."""

    def near(theta: Any, run: Run) -> bool:
        size = float(np.abs(run.theta).max())
        if not np.isfinite(size):
            return not np.all(np.isfinite(theta))
        return bool(np.abs(theta - run.theta).max() <= (1e-3 if size > 1e8 else 1e-5) * size)

    return lambda call: any(near(np.ravel(call.value[0]), run) for run in runs)
