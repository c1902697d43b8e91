"""The check of `forward_pass`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, like, nothing

from .linear_model import at, method, model_at, state


@check(
    "returns_nothing",
    "changes_argument",
    flat_output="The predictions have one axis: a column, one row for each example, is asked.",
    b_left_out="Where X is 0 every prediction should be b: it takes no part.",
    b_per_feature="b counts once for each feature: it belongs to the sum, not to its terms.",
    one_per_feature="There is a number for each feature: sum them to one prediction for each example.",
    one_number="All examples are merged into one number: there is one prediction for each.",
    state_changed="Predicting must leave the model's W and b as they were.",
)
def check_forward_pass(Model: Any) -> Iterator[Finding]:
    """forward_pass(X) is X W + b, one row for each example: (m, d) gives (m, 1)."""
    rng = generator()
    for m, d in ((5, 3), (1, 1), (4, 2), (7, 6)):
        X, W, b = rng.normal(size=(m, d)), rng.normal(size=(d, 1)), float(rng.uniform(1.5, 3))
        made = model_at(Model, W, b, rng)
        if made.error is not None:
            yield made.satisfies(False, "a model whose W and b can be set")
            return
        line = np.array([[sum(X[i, j] * W[j, 0] for j in range(d))] for i in range(m)])
        call = Call(method(made.value, "forward_pass"), X.copy())
        yield call.gives(
            line + b,
            {
                "returns_nothing": nothing,
                "changes_argument": changed,
                "flat_output": (line + b)[:, 0],
                "b_left_out": like(call, line, line[:, 0]),
                "b_per_feature": like(call, line + d * b, (line + d * b)[:, 0]),
                "one_per_feature": like(call, X * W.T, X * W.T + b),
                "one_number": lambda call: call.error is None and np.size(call.value) == 1,
            },
        )
        yield state(made.value).satisfies(at(W, b), "the same W and b", {"state_changed": True})
