"""The hidden checks of lesson 1, with the mistakes that they recognise; the longer ones stand in three neighbours.

Gradients are judged against central differences, runs against a recurrence in the moments of the data and
against least squares. Every input is drawn anew at each check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import (
    CHANGED,
    NOTHING,
    OVERFLOW,
    Test,
    away_from_zero,
    changed,
    has_items,
    like,
    mixtures,
    nothing,
    raised,
    readable,
)
from course.testing.trial import Mistakes
from course.testing.value import difference

from .line_data import LineData
from .line_sample import check_make_line_data
from .training_figure import check_plot_training
from .training_runs import check_sweep, check_train

ROUNDING = 1e-6  # what a slope near zero may differ by: central differences are a right gradient

__all__ = [
    "check_gradients",
    "check_make_line_data",
    "check_mse",
    "check_plot_training",
    "check_predict_line",
    "check_sweep",
    "check_train",
    "check_train_step",
]

# --- predict_line ------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_X=CHANGED,
    b_dropped="Every line drawn this way passes through the origin: one parameter has no effect on the result.",
    w_b_swapped="The two parameters have changed roles: look at which one multiplies x.",
    b_subtracted="The line is moved the wrong way: a larger b has to lift every prediction.",
    b_multiplied_too="b is scaled along with x: work out by hand what is multiplied by w, and mind the brackets.",
    column_shape="The numbers have the wrong shape: one prediction for each x, in one axis, as X has it.",
    list_returned="The predictions come as a plain list: hand back a NumPy array.",
    summed="All samples are merged into one number: there is one prediction for each x.",
)
def check_predict_line(predict_line: Any) -> Iterator[Finding]:
    """predict_line(X, w, b) is one prediction for each x, on the line with slope w and intercept b."""
    rng = generator()
    for n in (4, 1, 30):
        X, w, b = rng.uniform(-2.0, 3.0, n).round(3), away_from_zero(rng), readable(3 * away_from_zero(rng))
        right = w * X + b
        call = Call(predict_line, X, w, b)
        yield call.gives(
            right,
            {
                "returns_nothing": nothing,
                "changes_X": changed,
                "b_dropped": w * X,
                "w_b_swapped": b * X + w,
                "b_subtracted": w * X - b,
                "b_multiplied_too": w * (X + b),
                "column_shape": like(call, right[:, None], right[None, :]),
                "list_returned": lambda call: isinstance(call.value, list),
                "summed": lambda call: np.ndim(call.value) == 0 and call.value is not None,
            },
        )


# --- mse ---------------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    sum_instead_of_mean="Twice as many samples give twice your loss: a mean does not grow with the data.",
    absolute_value="You average distances: a residual twice as large has to count four times as much.",
    halved="Your loss is half of what is asked: this lesson's loss carries no extra factor.",
    rooted="Your loss is in the units of y: it is asked in squared units, so one operation is too many.",
    not_squared="Residuals of opposite sign cancel each other: what keeps them from doing so is missing.",
    squared_after_mean="Two operations are in the wrong order: residuals of opposite sign still cancel out.",
    spread_of_residuals="A line that is 3 too high everywhere gets a loss of 0: you measure their spread.",
    divided_by_less_than_n="The total is divided by a number that is not the number of samples.",
    one_per_sample="You hand back one number for each sample: a loss is a single number for all of them.",
    overflow_raises=OVERFLOW,
)
def check_mse(mse: Any) -> Iterator[Finding]:
    """mse(y, y_pred) is the mean of the squared residuals, one number."""
    rng = generator()
    findings = [_mse_finding(mse, rng, n) for n in (5, 1, 60)]
    yield from findings
    if all(finding.ok for finding in findings):
        y, y_pred = rng.normal(size=(2, 3))
        yield Call(mse, y, 1e200 * y_pred).satisfies(
            lambda value: not difference(value, np.inf) or not difference(value, np.nan),
            "inf",
            {"overflow_raises": raised},
            part="overflow",
        )


def _mse_finding(mse: Any, rng: np.random.Generator, n: int) -> Finding:
    y, y_pred = rng.normal(0.0, 2.0, n).round(3), rng.normal(1.5, 2.0, n).round(3)
    residuals = y - y_pred
    right = float(np.mean(residuals**2))
    call = Call(mse, y, y_pred)
    return call.gives(
        right,
        {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "sum_instead_of_mean": like(call, right * n, right * n / 2),
            "absolute_value": like(call, float(np.abs(residuals).mean()), float(np.abs(residuals).sum())),
            "halved": right / 2,
            "rooted": like(call, float(np.sqrt(right)), float(np.sqrt(right * n))),
            "not_squared": like(call, float(residuals.mean()), float(-residuals.mean())),
            "squared_after_mean": float(residuals.mean() ** 2),
            "spread_of_residuals": float(residuals.var()),
            "divided_by_less_than_n": like(call, right * n / max(n - 1, 1), right * n / max(n - 2, 1), np.inf),
            "one_per_sample": like(call, residuals**2, (residuals**2).tolist()),
        },
        part="value",
    )


# --- gradients ---------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    sign_flipped="A derivative is negative where the loss rises: follow the sign of the residual through.",
    factor_2_missing="A derivative is half of the slope that is measured: the exponent leaves something behind.",
    sum_instead_of_mean="Your derivatives grow with the number of samples: the loss is a mean, so is its slope.",
    x_missing="Your two derivatives are the same number: what does w multiply in the prediction?",
    x_in_db="Your two derivatives are the same number: what does b multiply in the prediction?",
    swapped="Both numbers are right, but in the other order: dw is asked first, then db.",
    b_left_out="The residuals are those of a line through the origin: b has to take part in the prediction.",
    y_left_out="The prediction itself is averaged, not how far it is from y.",
    one_per_sample="You hand back arrays with an entry for each sample: the slope of a mean is one number.",
    array_returned="Your numbers come back in an array: a tuple of plain numbers is asked.",
    overflow_raises=OVERFLOW,
)
def check_gradients(gradients: Any) -> Iterator[Finding]:
    """gradients(X, y, w, b) is (dL/dw, dL/db), the slopes of the mean squared error at (w, b)."""
    rng = generator()
    findings = [finding for n in (6, 1, 40) for finding in _gradient_findings(gradients, rng, n)]
    yield from findings
    if all(finding.ok for finding in findings):
        data = LineData.drawn(rng, 5)
        call = Call(gradients, data.X + 20.0, data.y, 1e308, 1e308)  # far out, where all errors overflow
        yield call.satisfies(call.error is None, "two numbers", {"overflow_raises": raised}, part="overflow")


def _gradient_findings(gradients: Any, rng: np.random.Generator, n: int) -> Iterator[Finding]:
    data, w, b = LineData.drawn(rng, n), away_from_zero(rng), away_from_zero(rng)
    X, y = data.X, data.y
    dw, db = right = data.slopes(w, b)
    call = Call(gradients, X, y, w, b)

    def mistakes() -> dict[str, Any]:
        errors = w * X + b - y
        half, total, opposite = (dw / 2, db / 2), (dw * n, db * n), (-dw, -db)
        no_b, no_y = LineData(X, y).slopes(w, 0.0), LineData(X, 0 * y).slopes(w, b)
        upside_down = [*mixtures(right, opposite), (-dw / 2, -db / 2), (-dw * n, -db * n)]
        return {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "sign_flipped": like(call, *upside_down),
            "factor_2_missing": like(call, *mixtures(right, half)),
            "sum_instead_of_mean": like(call, *mixtures(right, total), (dw * n / 2, db * n / 2)),
            "x_missing": like(call, (db, db)),
            "x_in_db": like(call, (dw, dw)),
            "swapped": like(call, (db, dw)),
            "b_left_out": like(call, no_b),
            "y_left_out": like(call, no_y),
            "array_returned": lambda _: isinstance(call.value, np.ndarray),
            "one_per_sample": like(call, (2 * errors * X, 2 * errors), (2 * errors * X / n, 2 * errors / n)),
        }

    yield from _pair_findings(call, right, mistakes)


def _pair_findings(call: Call, right: tuple[float, float], mistakes: Mistakes) -> Iterator[Finding]:
    pair = call.satisfies(has_items(2), "two numbers, (dw, db)", mistakes)
    yield pair
    if pair.ok:
        yield call[0].gives(right[0], mistakes, atol=ROUNDING, part="dw")
        yield call[1].gives(right[1], mistakes, atol=ROUNDING, part="db")


# --- train_step --------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    loss_not_returned="A step hands back three things: the new w, the new b, and the loss.",
    loss_first="The three results are right, but in another order than asked.",
    array_returned="Your numbers come back in an array: a tuple of plain numbers is asked.",
    no_step="A parameter comes back as it went in: its step is missing.",
    step_uphill="The step leads up the slope: after a small step the loss has to be smaller.",
    w_updated_first="b's derivative was taken at a point you had half left: both belong to the same old (w, b).",
    b_updated_first="w's derivative was taken at a point you had half left: both belong to the same old (w, b).",
    rate_forgotten_on_b="At ten times the rate your b moves as far as before: look at what scales its step.",
    rate_forgotten="At ten times the rate your w moves as far as before: look at what scales its step.",
    gradients_returned="You hand back the slopes, or the steps: the new parameters themselves are asked.",
    loss_after_step="Your loss belongs to the new parameters: it is asked where the step began.",
    overflow_raises=OVERFLOW,
)
def check_train_step(train_step: Any) -> Iterator[Finding]:
    """train_step(X, y, w, b, learning_rate) is (new_w, new_b, loss): one step downhill, the loss before it."""
    rng = generator()
    findings = [finding for n in (6, 1, 40) for finding in _step_findings(train_step, rng, n)]
    yield from findings
    if all(finding.ok for finding in findings):
        data = LineData.drawn(rng, 5)
        call = Call(train_step, data.X, data.y, 1e200, -1e200, 0.1)
        yield call.satisfies(call.error is None, "a loss of inf", {"overflow_raises": raised}, part="overflow")


def _step_findings(train_step: Any, rng: np.random.Generator, n: int) -> Iterator[Finding]:
    data, w, b = LineData.drawn(rng, n), away_from_zero(rng), away_from_zero(rng)
    rate = readable(rng.uniform(0.2, 0.6) * data.largest_rate())
    dw, db = data.slopes(w, b)
    new_w, new_b = w - rate * dw, b - rate * db
    loss = data.loss(w, b)
    call = Call(train_step, data.X, data.y, w, b, rate)

    def moved_to(*points: tuple[float, ...]) -> Test:
        return lambda _: any(not difference(list(call.value[:2]), list(point)) for point in points)

    def mistakes() -> dict[str, Any]:
        return {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "loss_not_returned": lambda _: call.error is None and len(call.value) == 2,
            "loss_first": like(call, (loss, new_w, new_b)),
            "no_step": moved_to((w, b), (new_w, b), (w, new_b)),
            "array_returned": lambda _: isinstance(call.value, np.ndarray),
            "step_uphill": moved_to(*mixtures((new_w, new_b), (w + rate * dw, b + rate * db))),
            "w_updated_first": moved_to((new_w, b - rate * data.slopes(new_w, b)[1])),
            "b_updated_first": moved_to((w - rate * data.slopes(w, new_b)[0], new_b)),
            "rate_forgotten_on_b": moved_to((new_w, b - db)),
            "rate_forgotten": moved_to((w - dw, b - db), (w - dw, new_b)),
            "gradients_returned": moved_to((dw, db), (rate * dw, rate * db), (-rate * dw, -rate * db)),
        }

    late = {"loss_first": like(call, (loss, new_w, new_b)), "loss_after_step": data.loss(new_w, new_b)}
    yield from _triple_findings(call, (new_w, new_b, loss), mistakes, late)


def _triple_findings(
    call: Call, right: tuple[float, float, float], mistakes: Mistakes, late: Mistakes
) -> Iterator[Finding]:
    """Judge the three results: `late` holds the mistakes that show in the loss."""
    triple = call.satisfies(has_items(3), "three numbers, (new_w, new_b, loss)", mistakes)
    yield triple
    if triple.ok:
        yield call[0].gives(right[0], mistakes, atol=ROUNDING, part="step")
        yield call[1].gives(right[1], mistakes, atol=ROUNDING, part="step")
        yield call[2].gives(right[2], late, atol=ROUNDING, part="loss")
