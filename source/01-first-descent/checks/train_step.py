"""The check of `train_step`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import (
    CHANGED,
    NOTHING,
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

from .line_data import ROUNDING, LineData


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


@check_train_step.misconception
def overflow_raises(X, y, w, b, learning_rate):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    pairs = list(zip(X.tolist(), y.tolist()))
    errors = [w * x + b - target for x, target in pairs]
    loss = sum(e**2 for e in errors) / len(errors)
    dw = 2 * sum(e * x for e, (x, _) in zip(errors, pairs)) / len(errors)
    db = 2 * sum(errors) / len(errors)
    return w - learning_rate * dw, b - learning_rate * db, loss


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
