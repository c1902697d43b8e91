"""The check of `model_init`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from course.testing.value import difference

from .linear_model import shape, state


def _has_shape(wanted: tuple[int, ...]) -> Callable[[Any], bool]:
    return lambda pair: shape(pair[0]) == wanted and pair[0].dtype == np.float64


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
                "flat_weights": lambda now, d=d: shape(now.value[0]) == (d,),
                "row_weights": lambda now, d=d: shape(now.value[0]) == (1, d) and d > 1,
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
