"""The hidden checks of lesson 3's `Model` class, method by method.

Slopes are judged against differences of the loss, which are exact for a quadratic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, changed, has_items, like, nothing
from course.testing.value import difference

from .linear_model import Array, at, half_mse, method, model_at, state


def _has_shape(shape: tuple[int, ...]) -> Callable[[Any], bool]:
    return lambda pair: _shape(pair[0]) == shape and pair[0].dtype == np.float64


def _shape(value: Any) -> tuple[int, ...]:
    return value.shape if isinstance(value, np.ndarray) else ()


# --- model_init --------------------------------------------------------------------------------------------


@check(
    no_parameters="A fresh model has to carry its parameters under the names W and b.",
    zero_weights="Every weight starts at 0: draw them, so that no two start alike.",
    flat_weights="W has one axis: a column, one row for each feature, is asked.",
    row_weights="W lies on its side: one row for each feature and one column are asked.",
    equal_weights="All weights start at one and the same value: draw each on its own.",
    scale_wrong="The weights start far from the order of 0.01 to 1.",
    rng_ignored="The same seed must give the same model, another seed another: draw from rng alone.",
    b_is_an_array="b is an array: one plain number is asked.",
)
def check_model_init(Model: Any) -> Iterator[Finding]:
    """Model(num_features, rng) starts with W of shape (num_features, 1), drawn small, and b, a float."""
    seed = int(generator().integers(2**31))
    for d in (40, 1, 3):

        def fresh(num_features: int, seed: int = seed) -> Any:
            return Model(num_features, np.random.default_rng(seed))

        fresh.__name__ = "Model"
        made = Call(fresh, d)
        if made.error is not None:
            yield made.satisfies(False, "a model with W and b")
            return
        now = state(made.value)
        yield now.satisfies(
            _has_shape((d, 1)),
            f"W of shape ({d}, 1)",
            {
                "no_parameters": now.error is not None,
                "flat_weights": lambda now, d=d: _shape(now.value[0]) == (d,),
                "row_weights": lambda now, d=d: _shape(now.value[0]) == (1, d) and d > 1,
            },
        )
        yield now.satisfies(
            lambda pair: not difference(float(pair[1]), pair[1]) or isinstance(pair[1], int),
            "b as one number",
            {"b_is_an_array": lambda now: isinstance(now.value[1], np.ndarray)},
        )
        if d == 40 and now.error is None and _has_shape((d, 1))(now.value):
            yield from _drawn_weights(fresh, now, seed)


def _drawn_weights(fresh: Any, now: Call, seed: int) -> Iterator[Finding]:
    W = now.value[0]
    size = float(np.sqrt(np.mean(W**2)))
    yield now.satisfies(
        np.unique(W).size == W.size and 0.003 < size < 4,
        "weights drawn one by one, of the order of 0.01 to 1",
        {
            "zero_weights": not W.any(),
            "equal_weights": bool(W.any()) and np.unique(W).size < W.size,
            "scale_wrong": np.unique(W).size == W.size,
        },
    )
    again, other = state(fresh(40)), state(fresh(40, seed=seed + 1))
    yield again.satisfies(
        lambda pair: not difference(pair[0], W) and (not W.any() or bool(difference(other.value[0], W))),
        "the same weights from the same seed, others from another",
        {"rng_ignored": True},
    )


# --- forward_pass ------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_X=CHANGED,
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
                "changes_X": changed,
                "flat_output": (line + b)[:, 0],
                "b_left_out": like(call, line, line[:, 0]),
                "b_per_feature": like(call, line + d * b, (line + d * b)[:, 0]),
                "one_per_feature": like(call, X * W.T, X * W.T + b),
                "one_number": lambda call: call.error is None and np.size(call.value) == 1,
            },
        )
        yield state(made.value).satisfies(at(W, b), "the same W and b", {"state_changed": True})


# --- compute_loss ------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    broadcast_silently="A row of m and a column of m became an m by m table, unnoticed: such shapes must raise.",
    refuses_equal_shapes="Two columns of the same shape are in order: they must not raise.",
    one_over_m="Your loss is twice what is asked: this lesson's J carries a factor that lesson 1's loss had not.",
    sum_instead_of_mean="Twice as many examples give twice your loss.",
    absolute_value="A residual twice as large has to count four times as much.",
    rooted="Your loss is in the units of y: it is asked in squared units.",
    not_squared="Residuals of opposite sign cancel each other.",
    not_a_number="Your loss is an array: one plain number is asked.",
)
def check_compute_loss(Model: Any) -> Iterator[Finding]:
    """compute_loss(y_hat, y_true) is J = 1/(2m) sum of squared residuals; shapes that differ raise ValueError."""
    rng = generator()
    made = model_at(Model, rng.normal(size=(2, 1)), 0.5, rng)
    if made.error is not None:
        yield made.satisfies(False, "a model")
        return
    loss = method(made.value, "compute_loss")
    for m in (4, 1, 30):
        y_hat, y_true = rng.normal(1.5, 2, size=(m, 1)), rng.normal(0, 2, size=(m, 1))
        right, residuals = half_mse(y_hat, y_true), y_hat - y_true
        call = Call(loss, y_hat, y_true)
        mistakes = {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "refuses_equal_shapes": lambda call: isinstance(call.error, ValueError),
            "one_over_m": 2 * right,
            "sum_instead_of_mean": like(call, right * m, right * 2 * m),
            "absolute_value": like(call, float(np.abs(residuals).mean()), float(np.abs(residuals).mean()) / 2),
            "rooted": like(call, float(np.sqrt(right)), float(np.sqrt(2 * right))),
            "not_squared": like(call, float(residuals.mean()), float(residuals.mean() / 2)),
            "not_a_number": lambda call: isinstance(call.value, np.ndarray),
        }
        yield call.gives(right, mistakes, part="value")
    silent = {"broadcast_silently": lambda call: call.error is None}
    column = rng.normal(size=(6, 1))
    yield Call(loss, rng.normal(size=6), column).raises(ValueError, silent, part="shapes")
    yield Call(loss, column, rng.normal(size=6)).raises(ValueError, silent, part="shapes")
    yield Call(loss, column, rng.normal(size=(1, 1))).raises(ValueError, silent, part="shapes")


# --- backward_pass -----------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
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
