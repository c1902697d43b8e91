"""The check of `update_params`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed
from course.testing.value import difference, show_value

from .linear_model import method, model_at, state


@check(
    "changes_argument",
    nothing_changes="After the call the model's W and b are what they were.",
    rate_missing_on_b="At ten times the rate b moves as far as before: the step in b is not scaled.",
    rate_missing_on_W="At ten times the rate W moves as far as before: the step in W is not scaled.",
    uphill="A parameter moves up its slope instead of down.",
    replaced="The model ends up with the step in place of the parameter.",
    b_untouched="W moves and b stays where it was: both have to take the step.",
    W_untouched="b moves and W stays where it was: both have to take the step.",
)
def check_update_params(Model: Any) -> Iterator[Finding]:
    """update_params(dW, db, lr) takes one step: W less lr dW, b less lr db."""
    rng = generator()
    W, b = rng.normal(size=(3, 1)), float(rng.uniform(1, 2))
    made = model_at(Model, W, b, rng)
    if made.error is not None:
        yield made.satisfies(False, "a model whose W and b can be set")
        return
    for lr in (0.05, 0.4, 0.01):
        dW, db = rng.normal(size=(3, 1)), float(rng.uniform(0.5, 2))
        call = Call(method(made.value, "update_params"), dW, db, lr)
        step_W, step_b = W - lr * dW, b - lr * db
        after = state(made.value)
        ends: dict[str, list[tuple[Any, float]]] = {
            "nothing_changes": [(W, b)],
            "rate_missing_on_b": [(step_W, b - db)],
            "rate_missing_on_W": [(W - dW, step_b), (W - dW, b - db)],
            "uphill": [(W + lr * dW, b + lr * db), (W + lr * dW, step_b), (step_W, b + lr * db)],
            "replaced": [(lr * dW, lr * db), (-lr * dW, -lr * db), (dW, db)],
            "b_untouched": [(step_W, b)],
            "W_untouched": [(W, step_b)],
        }
        yield call.satisfies(
            call.error is None and not difference(list(after.value or ()), [step_W, step_b]),
            f"W {show_value(step_W.ravel())} and b {show_value(step_b)} after it",
            {
                "changes_argument": changed,
                **{label: _ended(after, *where) for label, where in ends.items()},
            },
        )
        if after.error is not None or difference(list(after.value), [step_W, step_b]):
            return
        W, b = step_W, step_b


def _ended(after: Call, *ends: tuple[Any, float]) -> bool:
    return after.error is None and any(not difference(list(after.value), list(end)) for end in ends)
