"""The check of `backward_pass`: slopes are judged by differences of the loss, exact for a quadratic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from autograder.checking.mistakes import changed, nothing
from course.testing.value import difference

from .linear_model import Array, at, half_mse, method, model_at, state


@check(
    "returns_nothing",
    "changes_argument",
    swapped="Both are right, but in the other order: dW is asked first.",
    wrong_axis="A gradient of yours has an entry for each example: the sum runs over the examples.",
    db_shape="db is an array: one plain number is asked.",
    dW_flat="dW has one axis: the shape of W is asked, so that the two can be subtracted.",
    predicts_again="You predict anew: the residuals are those of the y_hat that was passed in.",
    factor_2="Your gradients are twice the slope of J: look at what the exponent and the 1/(2m) make together.",
    m_missing="Your gradients grow with the number of examples.",
    sign="A gradient is negative where J rises.",
    state_changed="The backward pass must leave the model's W and b as they were.",
)
def check_backward_pass(Model: Any) -> Iterator[Finding]:
    """backward_pass(X, y_true, y_hat) is (dW, db), the slopes of J at the given y_hat: dW (d, 1), db a float."""
    rng = generator()
    for m, d in ((5, 3), (9, 1), (4, 2)):
        W, b = rng.normal(size=(d, 1)), float(rng.uniform(1, 2))
        X, y_true, y_hat = rng.normal(0.4, 1, size=(m, d)), rng.normal(size=(m, 1)), rng.normal(2, 1, size=(m, 1))
        made = model_at(Model, W, b, rng)
        if made.error is not None:
            yield made.satisfies(False, "a model whose W and b can be set")
            return
        dW, db = _slopes(X, y_true, y_hat)
        call = Call(method(made.value, "backward_pass"), X.copy(), y_true.copy(), y_hat.copy())
        mistakes = _backward_mistakes(call, m, dW, db, _slopes(X, y_true, X @ W + b))
        pair = call.satisfies(has_items(2), "two results, (dW, db)", mistakes)
        yield pair
        if pair.ok:
            yield call[0].gives(dW, mistakes, atol=1e-9, part="dW")
            yield call[1].gives(db, mistakes, atol=1e-9, part="db")
        yield state(made.value).satisfies(at(W, b), "the same W and b", {"state_changed": True})


def _slopes(X: Array, y_true: Array, y_hat: Array) -> tuple[Array, float]:
    """The slopes of J along each weight and along b, from differences of J that are exact for a quadratic."""
    half = X / 2
    along = [half_mse(y_hat + column, y_true) - half_mse(y_hat - column, y_true) for column in half.T[:, :, None]]
    return np.array(along)[:, None], half_mse(y_hat + 0.5, y_true) - half_mse(y_hat - 0.5, y_true)


def _backward_mistakes(call: Call, m: int, dW: Array, db: float, anew: tuple[Array, float]) -> dict[str, Any]:
    def alike(*pairs: tuple[Any, Any]) -> Any:
        """Like one of these pairs, where db may be in an array and dW flat."""

        def test(_: Call) -> bool:
            first, second = np.ravel(call.value[0]), np.ravel(call.value[1])
            return any(
                not difference(first, np.ravel(one), 1e-6, 1e-9)
                and not difference(second, np.ravel(other), 1e-6, 1e-9)
                for one, other in pairs
            )

        return test

    return {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "swapped": lambda _: not difference(call.value[0], db, atol=1e-9) and not difference(call.value[1], dW),
        "wrong_axis": lambda _: m in (np.shape(call.value[0]) or (0,)) or m == np.size(call.value[1]),
        "factor_2": alike((2 * dW, 2 * db), (2 * dW, db), (dW, 2 * db)),
        "m_missing": alike((m * dW, m * db), (m * dW, db), (dW, m * db), (2 * m * dW, 2 * m * db)),
        "sign": alike((-dW, -db), (dW, -db), (-dW, db), (-m * dW, -m * db), (-2 * dW, -2 * db)),
        "predicts_again": alike(anew),
        "db_shape": lambda _: isinstance(call.value[1], np.ndarray) and alike((dW, db))(call),
        "dW_flat": lambda _: np.ndim(call.value[0]) == 1 and alike((dW, db))(call),
    }
