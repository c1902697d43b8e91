"""The check of `iterations_needed`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test


@check("returns_nothing")
def check_iterations_needed(iterations_needed: Any) -> Iterator[Finding]:
    """iterations_needed(kappa, accuracy) is the least k with ((kappa - 1)/(kappa + 1))^k <= accuracy, an int."""
    rng = generator()
    hard = [10 ** rng.uniform(low, high) for low, high in ((1.3, 2), (2, 4), (4, 7), (10.5, 12))]
    for kappa in (10.0, *(float(f"{number:.4g}") for number in hard)):
        accuracy = float(f"{10 ** rng.uniform(-9, -2):.3g}")
        call = Call(iterations_needed, kappa, accuracy)
        right = _steps(kappa, accuracy)
        yield call.satisfies(
            _is_count(right),
            f"{right}, within 1 % or one step",
            {
                "not_an_int": lambda call: isinstance(call.value, (float, np.ndarray)),
                "negative_count": lambda call: call.value < 0,
                "base_ten": _count_like(right / math.log(10), right * math.log(10)),
                "linear_in_accuracy": _count_like(
                    *(number / accuracy for number in (1, kappa, (kappa + 1) / 2, 1 / kappa)),
                    *((1 - accuracy) * (kappa + 1) * share for share in (0.5, 1)),
                ),
                "momentum_count": _count_like(_steps(math.sqrt(kappa), accuracy)),
                "other_rate": _count_like(math.log(accuracy) / math.log1p(-1 / kappa), 2 * right),
                "squared_error": _count_like(right / 2),
            },
        )


def _steps_at(accuracy, shrink):
    return np.log(accuracy) / np.log(shrink)


@check_iterations_needed.misconception
def not_an_int(kappa, accuracy):
    """A number of steps is a whole number: an int is asked."""
    return np.ceil(_steps_at(accuracy, (kappa - 1) / (kappa + 1)))


@check_iterations_needed.misconception
def negative_count(kappa, accuracy):
    """Your number of steps is negative: both logarithms are of numbers below 1."""
    return int(np.ceil(-_steps_at(accuracy, (kappa - 1) / (kappa + 1))))


@check_iterations_needed.misconception
def base_ten(kappa, accuracy):
    """Your count is off by the factor 2.3, or by its inverse: the two logarithms are of different kinds."""
    return int(np.ceil(_steps_at(accuracy, (kappa - 1) / (kappa + 1)) / np.log(10)))


@check_iterations_needed.misconception
def linear_in_accuracy(kappa, accuracy):
    """At an accuracy a thousand times finer you ask for a thousand times the steps: a product of equal factors
    shrinks much faster.
    """
    return int(np.ceil(kappa / accuracy))


@check_iterations_needed.misconception
def momentum_count(kappa, accuracy):
    """That is the count with momentum, where the root of the condition number stands: this is plain descent."""
    root = np.sqrt(kappa)
    return int(np.ceil(_steps_at(accuracy, (root - 1) / (root + 1))))


@check_iterations_needed.misconception
def other_rate(kappa, accuracy):
    """You count twice the steps that the best fixed rate takes: what does that shrink an error by?"""
    return int(np.ceil(_steps_at(accuracy, 1 - 1 / kappa)))


@check_iterations_needed.misconception
def squared_error(kappa, accuracy):
    """You count half of the steps: the error is asked to shrink to the accuracy, not its square."""
    return int(np.ceil(_steps_at(accuracy, (kappa - 1) / (kappa + 1)) / 2))


def _steps(kappa: float, accuracy: float) -> int:
    return math.ceil(math.log(accuracy) / math.log1p(-2 / (kappa + 1)))


def _is_count(right: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, (int, np.integer))
        and not isinstance(value, bool)
        and abs(int(value) - right) <= max(1, 0.01 * right)
    )


def _count_like(*numbers: float) -> Test:
    return lambda call: any(abs(call.value - number) <= max(1, 0.02 * number) for number in numbers)
