"""The check of `generate_examples`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from course.testing.value import difference

from .linear_model import shape


@check(
    "returns_nothing",
    X_transposed="Your X has a row for each feature: one row for each example is asked.",
    y_flat="Your y has one axis: a column, with an axis of length 1 for the single target, is asked.",
    single_noise_value="Every row carries the same noise number: the residuals do not scatter at all.",
    noise_missing="Your y follows from X exactly: there is no noise in it.",
    noise_scaled="The noise in y has another spread than 1.",
    weights_swapped="The two weights have changed places: the first feature lifts y, the second lowers it.",
    bias_missing="Where X is 0 the mean of y should be 1: a term is missing.",
    sign_wrong="One of the weights has the wrong sign.",
    rng_ignored="The same seed must give the same data, another seed other data: draw from rng alone.",
    X_not_normal="The features are not standard normal: look at their mean, their spread and their tails.",
)
def check_generate_examples(generate_examples: Any) -> Iterator[Finding]:
    """generate_examples(num, rng) is X (num, 2), standard normal, and y = X (1, -3) + 1 + noise, (num, 1)."""
    seed = int(generator().integers(2**31))
    num = 2000
    call = Call(generate_examples, num, np.random.default_rng(seed))
    shapes = call.satisfies(
        lambda pair: has_items(2)(pair) and shape(pair[0]) == (num, 2) and shape(pair[1]) == (num, 1),
        f"X of shape ({num}, 2) and y of shape ({num}, 1)",
        {
            "X_transposed": lambda call: shape(call.value[0]) == (2, num),
            "y_flat": lambda call: shape(call.value[1]) == (num,),
        },
    )
    yield shapes
    if not shapes.ok:
        return
    X, y = call.value
    design = np.column_stack([X, np.ones(num)])
    w1, w2, b = np.linalg.lstsq(design, y[:, 0], rcond=None)[0]
    residuals = y[:, 0] - (X @ [1.0, -3.0] + 1.0)
    scatter = float(np.std(y[:, 0] - design @ [w1, w2, b]))
    off = float(np.max(np.abs(np.array([w1, w2, b]) - [1.0, -3.0, 1.0])))
    yield call.satisfies(
        off < 0.25 and 0.85 < scatter < 1.15,
        "a least-squares fit near W = (1, -3), b = 1 with residuals of standard deviation 1",
        {
            # rounding makes 1e-14; a single draw of noise comes so near to none with a chance of 1e-10
            "single_noise_value": float(np.ptp(residuals)) < 1e-10 < abs(float(residuals[0])),
            "noise_missing": float(np.abs(residuals).max()) < 1e-10,
            "noise_scaled": off < 0.25 and scatter > 1e-10,
            "weights_swapped": abs(w1 + 3) < 0.3 and abs(w2 - 1) < 0.3,
            "bias_missing": abs(b) < 0.25 and abs(w1 - 1) < 0.25 and abs(w2 + 3) < 0.25,
            "sign_wrong": abs(abs(w1) - 1) < 0.3 and abs(abs(w2) - 3) < 0.3 and (w1 < 0 or w2 > 0),
        },
    )
    spread, middle = X.std(axis=0), np.abs(X.mean(axis=0))
    tails, together = float(np.mean(np.abs(X) > 2)), abs(float(np.mean(X[:, 0] * X[:, 1])))
    yield call.satisfies(
        bool(np.all(np.abs(spread - 1) < 0.17) and middle.max() < 0.2 and 0.02 < tails < 0.08 and together < 0.2),
        "features with mean 0, standard deviation 1, the tails of a bell curve, and nothing in common",
        {"X_not_normal": True},
    )
    again = Call(generate_examples, num, np.random.default_rng(seed))
    other = Call(generate_examples, num, np.random.default_rng(seed + 1))
    yield again.satisfies(
        lambda pair: not difference(list(pair), [X, y]) and bool(difference(list(other.value), [X, y])),
        "the same data from the same seed, other data from another",
        {"rng_ignored": True},
    )
    yield Call(generate_examples, 3, np.random.default_rng(seed)).satisfies(
        lambda pair: shape(pair[0]) == (3, 2) and shape(pair[1]) == (3, 1),
        "X of shape (3, 2) and y of shape (3, 1)",
    )
