"""A student's `Model` seen from outside: put into a known state, stepped, and read again.

Only what lesson 3 fixes is used: `Model(num_features, rng)`, the attributes `W` and `b`, and the methods by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking import Call
from course.testing.value import difference

__all__ = ["Array", "at", "half_mse", "method", "model_at", "shape", "state"]

Array = NDArray[np.float64]


def model_at(Model: Any, W: Array, b: float, rng: np.random.Generator) -> Call:
    """Make a model with these parameters; the call's value is the model, its error what hindered it."""

    def Model_at(num_features: int) -> Any:
        model = Model(num_features, rng)
        model.W = W.copy()
        model.b = float(b)
        return model

    Model_at.__name__ = "Model"
    return Call(Model_at, W.shape[0])


def method(model: Any, name: str) -> Callable[..., Any]:
    """Give a method of the student's, looked up when it is called: one that is missing is an error of the call."""

    def bound(*arguments: Any) -> Any:
        return getattr(model, name)(*arguments)

    bound.__name__ = f"model.{name}"
    return bound


def state(model: Any) -> Call:
    """Read (W, b) as they are now."""

    def read() -> tuple[Any, Any]:
        W = model.W
        return (W.copy() if isinstance(W, np.ndarray) else W), model.b

    read.__name__ = "(model.W, model.b) after it:"
    return Call(read)


def at(W: Array, b: float) -> Callable[[Any], bool]:
    """Test whether a state (W, b) is this one, up to rounding."""
    return lambda pair: not difference(list(pair), [W, b], 1e-6, 1e-9)


def shape(value: Any) -> tuple[int, ...]:
    """Give the shape of an array; () for anything else."""
    return value.shape if isinstance(value, np.ndarray) else ()


def half_mse(y_hat: Array, y_true: Array) -> float:
    """Give J = 1/(2m) times the sum of the squared residuals."""
    return float(np.sum((y_hat - y_true) ** 2) / (2 * len(y_true)))
