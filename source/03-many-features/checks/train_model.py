"""The check of `train_model`, judged by the recurrence in the moments of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, like, nothing
from course.testing.value import difference, show_value

from .linear_model import Array, at, half_mse, method, model_at, state


@check(
    "returns_nothing",
    "changes_argument",
    fails_under_ten="Fewer than ten iterations make it break off: what becomes of iterations // 10 then?",
    loss_after_step="Each loss belongs to the parameters after its step: it is asked before.",
    one_too_many="There is one loss more than there are iterations.",
    one_too_few="There is one loss fewer than there are iterations.",
    starts_anew="Training began from other weights than the model had: go on from where W and b are.",
    last_loss_only="One number comes back: a list of the losses, one for each iteration, is asked.",
    too_many_lines="It prints more than ten lines for some numbers of iterations: count them for 11 and 19.",
    W_or_b_stays="The model does not end where gradient descent with this rate ends.",
    diverging_raises="A run that diverges broke off with an error: it ends in inf or nan.",
)
def check_train_model(Model: Any) -> Iterator[Finding]:
    """train(x_train, y_train, iterations, lr) goes on from W and b and gives each loss before its step."""
    rng = generator()
    for iterations in (5, 11, 30, 1, 19, 10, 230):
        m, d = int(rng.integers(20, 40)), int(rng.integers(2, 5))
        X, W, b = rng.normal(size=(m, d)), rng.normal(size=(d, 1)), float(rng.uniform(1, 2))
        y, lr = X @ rng.normal(size=(d, 1)) + rng.normal(size=(m, 1)), float(rng.uniform(0.05, 0.2))
        losses, end = _descend(X, y, W, b, lr, iterations)
        made = model_at(Model, W, b, rng)
        if made.error is not None:
            yield made.satisfies(False, "a model whose W and b can be set")
            return
        call = Call(method(made.value, "train"), X, y, iterations, lr)
        broke = {"fails_under_ten": _always(iterations < 10 and isinstance(call.error, ArithmeticError))}
        yield call.gives(
            losses[:-1],
            {
                "returns_nothing": nothing,
                "changes_argument": changed,
                **broke,
                "starts_anew": _starts_anew(losses[0]),
                "loss_after_step": losses[1:],
                "one_too_many": losses,
                "one_too_few": losses[:-2],
                "last_loss_only": like(call, losses[-2], losses[-1]),
                "W_or_b_stays": _always(False),
            },
            part="losses",
        )
        if call.error is None:
            yield state(made.value).satisfies(
                at(*end),
                f"b = {show_value(end[1])} after {iterations} iterations",
                {"W_or_b_stays": True},
                part="losses",
            )
        lines = len(call.printed.splitlines())
        yield call.satisfies(
            call.error is None and lines <= 10,
            f"ten printed lines at most for {iterations} iterations, not {lines}",
            broke if call.error is not None else {"too_many_lines": lines > 10},
            part="printing",
            may_change=True,
        )
    yield from _diverging(Model, rng)


def _always(shown: bool) -> Callable[[Call], bool]:
    return lambda _: shown


def _starts_anew(first_loss: float) -> Any:
    """The first loss is another; two starts have the same loss to so many digits with a chance of 1e-10."""
    return lambda call: (
        np.size(call.value) > 0 and bool(difference(float(np.ravel(call.value)[0]), first_loss, 1e-10))
    )


def _diverging(Model: Any, rng: np.random.Generator) -> Iterator[Finding]:
    X, y = rng.normal(size=(20, 2)), rng.normal(size=(20, 1))
    made = model_at(Model, np.full((2, 1), 1e150), 1.0, rng)
    if made.error is None:
        call = Call(method(made.value, "train"), X, y, 30, 1e6)
        yield call.satisfies(
            call.error is None, "losses that end in inf or nan", {"diverging_raises": True}, part="losses"
        )


def _descend(
    X: Array, y: Array, W: Array, b: float, lr: float, iterations: int
) -> tuple[list[float], tuple[Array, float]]:
    """The losses before each step and after the last, and the end, from the moments of the data."""
    Z = np.column_stack([X, np.ones(len(X))])
    theta, hessian, pull = np.vstack([W, [[b]]]), Z.T @ Z / len(X), Z.T @ y / len(X)
    losses = [half_mse(Z @ theta, y)]
    for _ in range(iterations):
        theta = theta - lr * (hessian @ theta - pull)
        losses.append(half_mse(Z @ theta, y))
    return losses, (theta[:-1], float(theta[-1, 0]))
