"""The check of `condition_number`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test, changed, nothing
from course.data.longley import longley

from .bowl import Array


@check
def check_condition_number(condition_number: Any) -> Iterator[Finding]:
    """condition_number(X) is the largest over the smallest curvature of the loss that belongs to X as given."""
    rng = generator()
    for rows, columns in ((12, 3), (40, 6), (7, 2)):
        ends = rng.uniform(1.5, 4.0), rng.uniform(0.02, 0.3)
        yield _condition_finding(condition_number, _matrix(rng, rows, np.geomspace(*ends, columns)), ends)
    features, _ = longley()
    features = features * rng.uniform(0.95, 1.05, features.shape)
    X = np.column_stack([np.ones(len(features)), features])
    singular = np.linalg.svd(X, compute_uv=False)
    yield _condition_finding(condition_number, X, (singular[0], singular[-1]), rtol=1e-4)
    hardest = (1.0, 3e-10 * rng.uniform(0.9, 1.1))  # squared, the small end is below all that a float keeps
    yield _condition_finding(condition_number, _matrix(rng, 20, np.geomspace(*hardest, 4)), hardest, rtol=1e-3)


@check_condition_number.misconception
def returns_nothing(X):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    singular = np.linalg.svd(X, compute_uv=False)
    print((singular[0] / singular[-1]) ** 2)


@check_condition_number.misconception
def changes_X(X):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    X /= X.max(axis=0)
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[0] / singular[-1]) ** 2


@check_condition_number.misconception
def not_squared(X):
    """That is the condition number of X itself: the Hessian holds X twice."""
    singular = np.linalg.svd(X, compute_uv=False)
    return singular[0] / singular[-1]


@check_condition_number.misconception
def squared_twice(X):
    """The Hessian holds X twice, not four times: one squaring is too many."""
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[0] / singular[-1]) ** 4


@check_condition_number.misconception
def upside_down(X):
    """A condition number is never below 1: the two ends of the range have changed places."""
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[-1] / singular[0]) ** 2


@check_condition_number.misconception
def standardized_first(X):
    """The matrix is asked as it is given: you have scaled or centred its columns first."""
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    Z[:, spread == 0] = 1
    singular = np.linalg.svd(Z, compute_uv=False)
    return (singular[0] / singular[-1]) ** 2


@check_condition_number.misconception
def other_norm(X):
    """The two curvatures that count are the largest and the smallest: another measure of size was used."""
    return (np.linalg.norm(X) * np.linalg.norm(np.linalg.pinv(X))) ** 2


@check_condition_number.misconception
def one_end_only(X):
    """That is a single curvature: how many times larger the largest is than the smallest is asked."""
    singular = np.linalg.svd(X, compute_uv=False)
    return 2 / len(X) * singular[0] ** 2


@check_condition_number.misconception
def by_gram(X):
    """On a hard matrix your digits are gone: once the product of X with itself is formed, they are lost."""
    values = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return values[-1] / values[0]


@check_condition_number.misconception
def not_a_number(X):
    """Your condition number comes in an array: one plain number is asked."""
    singular = np.linalg.svd(X, compute_uv=False)
    return np.array([(singular[0] / singular[-1]) ** 2])


def _matrix(rng: np.random.Generator, rows: int, singular: Array) -> Array:
    """A matrix with these singular values, turned at random on both sides."""
    left, _ = np.linalg.qr(rng.normal(size=(rows, len(singular))))
    right, _ = np.linalg.qr(rng.normal(size=(len(singular), len(singular))))
    return np.asarray(left * singular @ right.T)


def _condition_finding(student: Any, X: Array, ends: tuple[float, float], rtol: float = 1e-6) -> Finding:
    large, small = ends
    right = (large / small) ** 2
    call = Call(student, X)
    mistakes: dict[str, Any] = {
        "returns_nothing": nothing,
        "changes_X": changed,
        "not_a_number": lambda call: isinstance(call.value, np.ndarray),
    }
    if right > 1e9:  # the gentle matrices tell what kind of mistake it is, a hard one only that digits are lost
        mistakes["by_gram"] = lambda call: isinstance(call.value, (float, np.floating))
        return call.gives(right, mistakes, rtol=rtol)
    inverse = np.linalg.pinv(X)
    sizes = [float(np.linalg.norm(X, order) * np.linalg.norm(inverse, order)) for order in ("fro", 1, np.inf)]
    scales = (1.0, 2.0, 1 / len(X), 2 / len(X))
    mistakes |= {
        "not_squared": _about(right**0.5),
        "squared_twice": _about(right**2),
        "upside_down": _about(1 / right, 1 / right**0.5),
        "standardized_first": _standardized(X),
        "other_norm": _about(*sizes, *(size**2 for size in sizes)),
        "one_end_only": _about(*(scale * end**power for scale in scales for end in ends for power in (1, 2))),
    }
    return call.gives(right, mistakes, rtol=rtol)


def _about(*numbers: float) -> Test:
    """What came back is one of these numbers; roughly, for the way to them may be a rough one."""
    return lambda call: any(math.isclose(call.value, number, rel_tol=1e-3) for number in numbers)


def _standardized(X: Array) -> Test:
    centred = X - X.mean(axis=0)
    spread = X.std(axis=0)
    scaled = [centred[:, spread > 1e-9] / spread[spread > 1e-9], X / np.linalg.norm(X, axis=0), centred]
    scaled.append(np.column_stack([np.ones(len(X)), scaled[0]]))
    ends = [np.linalg.svd(matrix, compute_uv=False)[[0, -1]] for matrix in scaled]
    return _about(*((large / small) ** 2 if small else math.inf for large, small in ends))
