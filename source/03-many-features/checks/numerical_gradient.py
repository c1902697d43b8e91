"""The check of `numerical_gradient`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed
from course.testing.value import difference


@check("returns_nothing")
def check_numerical_gradient(numerical_gradient: Any) -> Iterator[Finding]:
    """numerical_gradient(f, w, eps=1e-6) is the gradient by central differences, in w's shape; w stays."""
    rng = generator()
    findings = [
        _finding(numerical_gradient, rng, shape, eps) for shape, eps in (((4,), 0.3), ((2, 3), 0.1), ((1,), 0.5))
    ]
    yield from findings
    if all(finding.ok for finding in findings):
        yield _finding(numerical_gradient, rng, (30, 2))


def _finding(student: Any, rng: np.random.Generator, shape: tuple[int, ...], eps: float | None = None) -> Finding:
    w, c = rng.uniform(0.3, 2.0, shape), rng.uniform(0.5, 2.0, shape)

    def f(v: Any) -> float:
        if np.shape(v) != c.shape:
            raise ValueError(f"f takes an array of shape {c.shape}, and got one of shape {np.shape(v)}")
        return float(np.sum(c * v**3))

    if eps is None:
        return Call(student, f, w).gives(3 * c * w**2, {"w_left_changed": changed}, rtol=1e-5, atol=1e-7)
    right = c * (3 * w**2 + eps**2)  # ((w + e)^3 - (w - e)^3) / 2e
    small_step = {"eps_ignored": lambda call: not difference(call.value, 3 * c * w**2, 1e-4)}
    return Call(student, f, w, eps).gives(right, {"w_left_changed": changed} | small_step)


def _slopes(f, w, ahead, behind):
    """The slope of f between w + ahead and w + behind, each entry moved on its own."""
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        one = np.zeros_like(w)
        one[index] = 1.0
        gradient[index] = (f(w + ahead * one) - f(w + behind * one)) / (ahead - behind)
    return gradient


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


@check_numerical_gradient.another(all_entries_at_once)
def all_entries_in_one_number(f, w, eps=1e-6):
    return (f(w + eps) - f(w - eps)) / (2 * eps)


@check_numerical_gradient.misconception
def forward_difference(f, w, eps=1e-6):
    """You step to one side only: a step to either side cancels the error of the curvature."""
    return _slopes(f, w, eps, 0.0)


@check_numerical_gradient.another(forward_difference)
def backward_difference(f, w, eps=1e-6):
    return _slopes(f, w, 0.0, -eps)


@check_numerical_gradient.misconception
def eps_ignored(f, w, eps=1e-6):
    """The result does not depend on eps as it should: use the step that was passed in."""
    return _slopes(f, w, 1e-6, -1e-6)


@check_numerical_gradient.misconception
def half_step_divided(f, w, eps=1e-6):
    """The difference belongs to two steps of eps: look at what it is divided by."""
    return 2 * _slopes(f, w, eps, -eps)


@check_numerical_gradient.another(half_step_divided)
def halved_twice(f, w, eps=1e-6):
    return _slopes(f, w, eps, -eps) / 2


@check_numerical_gradient.another(half_step_divided)
def forward_over_half_a_step(f, w, eps=1e-6):
    return 2 * _slopes(f, w, eps, 0.0)


@check_numerical_gradient.another(half_step_divided)
def forward_over_two_steps(f, w, eps=1e-6):
    return _slopes(f, w, eps, 0.0) / 2


@check_numerical_gradient.misconception
def sign_flipped(f, w, eps=1e-6):
    """Your slopes are negative where f rises."""
    return -_slopes(f, w, eps, -eps)


@check_numerical_gradient.another(sign_flipped)
def sign_of_forward_flipped(f, w, eps=1e-6):
    return -_slopes(f, w, eps, 0.0)


@check_numerical_gradient.misconception
def flattened(f, w, eps=1e-6):
    """The gradient has another shape than w."""
    return _slopes(f, w, eps, -eps).ravel()


@check_numerical_gradient.another(flattened)
def in_a_column(f, w, eps=1e-6):
    return _slopes(f, w, eps, -eps).reshape(-1, 1)
