"""The check of `max_stable_rate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import is_any


@check("returns_nothing", "changes_argument")
def check_max_stable_rate(max_stable_rate: Callable[..., Any]) -> Iterator[Finding]:
    """max_stable_rate(X) is 2 over the largest eigenvalue of (2/n) X^T X, a float."""
    rng = generator()
    for n, d in ((12, 2), (80, 3), (7, 4), (3, 5), (9, 1)):
        X = rng.normal(size=(n, d)) * rng.uniform(0.3, 4, size=d) + rng.uniform(0.5, 2, size=d)
        sizes = np.linalg.svd(X, compute_uv=False)
        largest = float(sizes[0] ** 2)  # of X^T X
        right = n / largest
        others = [n / float(size**2) for size in sizes[1:]]
        smallest = others[-1] if others else None
        slips: dict[str, Any] = {
            "singular_value_not_squared": is_any(*(k * n / float(sizes[0]) for k in (0.5, 1, 2)), 2 / sizes[0]),
            "n_forgotten": is_any(1 / largest, 2 / largest, 0.5 / largest),
            "smallest_eigenvalue": _smallest(smallest, d > n),
            "another_eigenvalue": is_any(*others, *(2 * other for other in others)),
            "trace_instead": is_any(*(k * n / float(np.sum(sizes**2)) for k in (0.5, 1, 2))),
            "eigenvalue_returned": is_any(largest, 2 * largest, largest / n, 2 * largest / n),
            "not_a_number": lambda call: isinstance(call.value, (np.ndarray, complex)),
        }
        yield Call(max_stable_rate, X).gives(right, slips)


@check_max_stable_rate.another("changes_argument")
def scales_in_place(X):
    X *= np.sqrt(2 / len(X))
    return 2 / np.linalg.eigvalsh(X.T @ X)[-1]


@check_max_stable_rate.misconception
def one_over_lambda(X):
    """This is 1 over the curvature: up to twice that rate, steps still end nearer than they began."""
    return 1 / _eigenvalues(X)[-1]


@check_max_stable_rate.misconception
def singular_value_not_squared(X):
    """A singular value of X is no eigenvalue of X^T X: how are the two related?"""
    return len(X) / np.linalg.norm(X, 2)


@check_max_stable_rate.misconception
def n_forgotten(X):
    """Your rate shrinks as samples are added: the loss is a mean, so its curvature has an n in it."""
    return 2 / np.linalg.eigvalsh(2 * X.T @ X)[-1]


@check_max_stable_rate.another(n_forgotten)
def neither_n_nor_two(X):
    return 2 / np.linalg.eigvalsh(X.T @ X)[-1]


@check_max_stable_rate.misconception
def two_forgotten(X):
    """The square in the loss leaves a 2 in its curvature: one of your two factors of 2 is missing."""
    return 2 / np.linalg.eigvalsh(X.T @ X / len(X))[-1]


@check_max_stable_rate.misconception
def smallest_eigenvalue(X):
    """That is the rate for the flattest direction: the steepest one breaks first."""
    return 2 / _eigenvalues(X)[0]


@check_max_stable_rate.misconception
def another_eigenvalue(X):
    """That belongs to some eigenvalue, but not to the largest: their order is not fixed."""
    values = _eigenvalues(X)
    return 2 / values[-2 if len(values) > 1 else -1]


@check_max_stable_rate.misconception
def trace_instead(X):
    """You use the sum of the eigenvalues: the largest of them sets the border."""
    return 2 / np.sum(_eigenvalues(X))


@check_max_stable_rate.misconception
def eigenvalue_returned(X):
    """You return the curvature itself: the border of the rate is asked."""
    return _eigenvalues(X)[-1]


@check_max_stable_rate.misconception
def condition_number_instead(X):
    """You return the condition number: the border of the rate is asked."""
    return np.linalg.cond(X) ** 2


@check_max_stable_rate.another(condition_number_instead)
def condition_number_of_X(X):
    return np.linalg.cond(X)


@check_max_stable_rate.misconception
def not_a_number(X):
    """Your result is no single real number: one plain float is asked."""
    return 2 / _eigenvalues(X)


def _eigenvalues(X):
    return np.linalg.eigvalsh(2 / len(X) * X.T @ X)


def _smallest(rate: float | None, wide: bool) -> Any:
    """Where X is wider than it is tall, the smallest eigenvalue is zero but for rounding, of either sign."""
    if wide:
        return lambda call: abs(call.value) > 1e6
    return is_any(*([] if rate is None else [rate, 2 * rate]))
