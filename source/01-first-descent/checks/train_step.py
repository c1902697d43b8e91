"""The check of `train_step`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from autograder.checking.mistakes import away_from_zero, raised, readable

from .line_data import ROUNDING, LineData


@check("returns_nothing", "changes_argument")
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
    call = Call(train_step, data.X, data.y, w, b, rate)
    form = {
        "loss_not_returned": lambda call: len(call.value) == 2,
        "array_returned": lambda call: isinstance(call.value, np.ndarray),
    }
    triple = call.satisfies(has_items(3), "three numbers, (new_w, new_b, loss)", form)
    yield triple
    if triple.ok:
        yield call[0].gives(w - rate * dw, atol=ROUNDING, part="step")
        yield call[1].gives(b - rate * db, atol=ROUNDING, part="step")
        yield call[2].gives(data.loss(w, b), atol=ROUNDING, part="loss")


def _loss(X, y, w, b):
    return np.mean((w * X + b - y) ** 2)


def _slopes(X, y, w, b):
    error = w * X + b - y
    return 2 * np.mean(error * X), 2 * np.mean(error)


def _moved(X, y, w, b, rate_w, rate_b):
    dw, db = _slopes(X, y, w, b)
    return w - rate_w * dw, b - rate_b * db, _loss(X, y, w, b)


@check_train_step.another("changes_argument")
def centres_X(X, y, w, b, learning_rate):
    step = _moved(X, y, w, b, learning_rate, learning_rate)
    X -= X.mean()
    return step


@check_train_step.misconception
def loss_not_returned(X, y, w, b, learning_rate):
    """A step hands back three things: the new w, the new b, and the loss."""
    return _moved(X, y, w, b, learning_rate, learning_rate)[:2]


@check_train_step.misconception
def loss_first(X, y, w, b, learning_rate):
    """The three results are right, but in another order than asked."""
    new_w, new_b, loss = _moved(X, y, w, b, learning_rate, learning_rate)
    return loss, new_w, new_b


@check_train_step.misconception
def array_returned(X, y, w, b, learning_rate):
    """Your numbers come back in an array: a tuple of plain numbers is asked."""
    return np.array(_moved(X, y, w, b, learning_rate, learning_rate))


@check_train_step.misconception
def no_step(X, y, w, b, learning_rate):
    """A parameter comes back as it went in: its step is missing."""
    return w, b, _loss(X, y, w, b)


@check_train_step.misconception
def step_uphill(X, y, w, b, learning_rate):
    """The step leads up the slope: after a small step the loss has to be smaller."""
    return _moved(X, y, w, b, -learning_rate, -learning_rate)


@check_train_step.misconception
def w_updated_first(X, y, w, b, learning_rate):
    """b's derivative was taken at a point you had half left: both belong to the same old (w, b)."""
    new_w = w - learning_rate * _slopes(X, y, w, b)[0]
    return new_w, b - learning_rate * _slopes(X, y, new_w, b)[1], _loss(X, y, w, b)


@check_train_step.misconception
def b_updated_first(X, y, w, b, learning_rate):
    """w's derivative was taken at a point you had half left: both belong to the same old (w, b)."""
    new_b = b - learning_rate * _slopes(X, y, w, b)[1]
    return w - learning_rate * _slopes(X, y, w, new_b)[0], new_b, _loss(X, y, w, b)


@check_train_step.misconception
def rate_forgotten_on_b(X, y, w, b, learning_rate):
    """At ten times the rate your b moves as far as before: look at what scales its step."""
    return _moved(X, y, w, b, learning_rate, 1)


@check_train_step.misconception
def rate_forgotten(X, y, w, b, learning_rate):
    """At ten times the rate your w moves as far as before: look at what scales its step."""
    return _moved(X, y, w, b, 1, 1)


@check_train_step.misconception
def gradients_returned(X, y, w, b, learning_rate):
    """You hand back the slopes, or the steps: the new parameters themselves are asked."""
    return *_slopes(X, y, w, b), _loss(X, y, w, b)


@check_train_step.another(gradients_returned)
def steps_returned(X, y, w, b, learning_rate):
    dw, db = _slopes(X, y, w, b)
    return learning_rate * dw, learning_rate * db, _loss(X, y, w, b)


@check_train_step.another(gradients_returned)
def steps_downhill_returned(X, y, w, b, learning_rate):
    dw, db = _slopes(X, y, w, b)
    return -learning_rate * dw, -learning_rate * db, _loss(X, y, w, b)


@check_train_step.misconception
def loss_after_step(X, y, w, b, learning_rate):
    """Your loss belongs to the new parameters: it is asked where the step began."""
    new_w, new_b, _ = _moved(X, y, w, b, learning_rate, learning_rate)
    return new_w, new_b, _loss(X, y, new_w, new_b)


@check_train_step.misconception
def overflow_raises(X, y, w, b, learning_rate):
    """Broke off with an error when the numbers grew beyond all bounds: a run that diverges ends in inf or nan."""
    losses = [(w * x + b - target) ** 2 for x, target in zip(X.tolist(), y.tolist())]
    new_w, new_b, _ = _moved(X, y, w, b, learning_rate, learning_rate)
    return new_w, new_b, sum(losses) / len(losses)
