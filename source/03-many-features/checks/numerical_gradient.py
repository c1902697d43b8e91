"""The check of `numerical_gradient`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, like, nothing
from course.testing.value import difference

from .linear_model import Array


@check
def check_numerical_gradient(numerical_gradient: Any) -> Iterator[Finding]:
    """numerical_gradient(f, w, eps=1e-6) is the gradient by central differences, in w's shape; w stays."""
    rng = generator()
    for shape, eps in (((4,), 0.3), ((2, 3), 0.1), ((1,), 0.5), ((30, 2), None)):
        w, c = rng.uniform(0.3, 2.0, shape), rng.uniform(0.5, 2.0, shape)

        def f(v: Any, c: Array = c) -> float:
            if np.shape(v) != c.shape:
                raise ValueError(f"f takes an array of shape {c.shape}, and got one of shape {np.shape(v)}")
            return float(np.sum(c * v**3))

        step = 1e-6 if eps is None else eps
        right = c * (3 * w**2 + step**2)  # ((w + e)^3 - (w - e)^3) / 2e
        forward, backward = c * (3 * w**2 + 3 * w * step + step**2), c * (3 * w**2 - 3 * w * step + step**2)
        call = Call(numerical_gradient, f, w) if eps is None else Call(numerical_gradient, f, w, eps)
        whole = float(right.sum())
        mistakes = {
            "returns_nothing": nothing,
            "w_left_changed": changed,
            "flattened": like(call, right.ravel(), right.reshape(-1, 1)),
            "all_entries_at_once": like(call, whole, np.full(shape, whole)),
        }
        if eps is not None:
            mistakes |= {
                "forward_difference": like(call, forward, backward),
                "half_step_divided": like(call, 2 * right, right / 2, 2 * forward, forward / 2),
                "sign_flipped": like(call, -right, -forward),
                "eps_ignored": _near(3 * c * w**2),
            }
            yield call.gives(right, mistakes)
        else:
            yield call.gives(right, mistakes, rtol=1e-5, atol=1e-7)


@check_numerical_gradient.misconception
def returns_nothing(f, w, eps=1e-6):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        print((f(w + step) - f(w - step)) / (2 * eps))


@check_numerical_gradient.misconception
def w_left_changed(f, w, eps=1e-6):
    """After the call w is not what it was to the last bit: adding eps and taking it away rounds."""
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w[index] += eps
        above = f(w)
        w[index] -= 2 * eps
        below = f(w)
        w[index] += eps
        gradient[index] = (above - below) / (2 * eps)
    return gradient


@check_numerical_gradient.misconception
def all_entries_at_once(f, w, eps=1e-6):
    """Every entry was moved at once: a partial derivative moves one and holds the rest still."""
    return np.full(w.shape, (f(w + eps) - f(w - eps)) / (2 * eps))


@check_numerical_gradient.misconception
def forward_difference(f, w, eps=1e-6):
    """You step to one side only: a step to either side cancels the error of the curvature."""
    gradient = np.zeros_like(w)
    here = f(w)
    for index in np.ndindex(w.shape):
        up = w.copy()
        up[index] += eps
        gradient[index] = (f(up) - here) / eps
    return gradient


@check_numerical_gradient.misconception
def eps_ignored(f, w, eps=1e-6):
    """The result does not depend on eps as it should: use the step that was passed in."""
    eps = 1e-6
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient[index] = (f(w + step) - f(w - step)) / (2 * eps)
    return gradient


@check_numerical_gradient.misconception
def half_step_divided(f, w, eps=1e-6):
    """The difference belongs to two steps of eps: look at what it is divided by."""
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient[index] = (f(w + step) - f(w - step)) / eps
    return gradient


@check_numerical_gradient.misconception
def sign_flipped(f, w, eps=1e-6):
    """Your slopes are negative where f rises."""
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient[index] = (f(w - step) - f(w + step)) / (2 * eps)
    return gradient


@check_numerical_gradient.misconception
def flattened(f, w, eps=1e-6):
    """The gradient has another shape than w."""
    gradient = []
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient.append((f(w + step) - f(w - step)) / (2 * eps))
    return np.array(gradient)


def _near(exact: Array) -> Any:
    return lambda call: not difference(call.value, exact, 1e-4)
