"""The check of `condition_number`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test
from course.data.longley import longley

from .bowl import Array


@check("returns_nothing", "changes_argument")
def check_condition_number(condition_number: Any) -> Iterator[Finding]:
    """condition_number(X) is the largest over the smallest curvature of the loss that belongs to X as given."""
    rng = generator()
    findings = []
    for rows, columns in ((12, 3), (40, 6), (7, 2)):
        ends = rng.uniform(1.5, 4.0), rng.uniform(0.02, 0.3)
        findings.append(_gentle_finding(condition_number, _matrix(rng, rows, np.geomspace(*ends, columns)), ends))
    yield from findings
    if all(finding.ok for finding in findings):  # they tell what mistake it is, a hard matrix that digits are lost
        yield from _hard_findings(condition_number, rng)


def _hard_findings(student: Any, rng: np.random.Generator) -> Iterator[Finding]:
    lost = {"by_gram": lambda call: isinstance(call.value, (float, np.floating))}
    features, _ = longley()
    features = features * rng.uniform(0.95, 1.05, features.shape)
    X = np.column_stack([np.ones(len(features)), features])
    singular = np.linalg.svd(X, compute_uv=False)
    yield Call(student, X).gives((singular[0] / singular[-1]) ** 2, lost, rtol=1e-4)
    low, high = 3e-10 * rng.uniform(0.9, 1.1), 1.0  # squared, the small end is below all that a float keeps
    yield Call(student, _matrix(rng, 20, np.geomspace(high, low, 4))).gives((high / low) ** 2, lost, rtol=1e-3)


def _ratio(X):
    """How many times longer than the shortest the longest of its stretches is."""
    singular = np.linalg.svd(X, compute_uv=False)
    return singular[0] / singular[-1]


@check_condition_number.another("changes_argument")
def scales_in_place(X):
    X /= X.max(axis=0)
    return _ratio(X) ** 2


@check_condition_number.misconception
def not_squared(X):
    """That is the condition number of X itself: the Hessian holds X twice."""
    return _ratio(X)


@check_condition_number.misconception
def squared_twice(X):
    """The Hessian holds X twice, not four times: one squaring is too many."""
    return _ratio(X) ** 4


@check_condition_number.misconception
def upside_down(X):
    """A condition number is never below 1: the two ends of the range have changed places."""
    return _ratio(X) ** -2


@check_condition_number.another(upside_down)
def upside_down_and_not_squared(X):
    return 1 / _ratio(X)


@check_condition_number.misconception
def standardized_first(X):
    """The matrix is asked as it is given: you have scaled or centred its columns first."""
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    Z[:, spread == 0] = 1
    return _ratio(Z) ** 2


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
    return np.array([_ratio(X) ** 2])


def _matrix(rng: np.random.Generator, rows: int, singular: Array) -> Array:
    """A matrix with these singular values, turned at random on both sides."""
    left, _ = np.linalg.qr(rng.normal(size=(rows, len(singular))))
    right, _ = np.linalg.qr(rng.normal(size=(len(singular), len(singular))))
    return np.asarray(left * singular @ right.T)


def _gentle_finding(student: Any, X: Array, ends: tuple[float, float]) -> Finding:
    inverse = np.linalg.pinv(X)
    sizes = [float(np.linalg.norm(X, order) * np.linalg.norm(inverse, order)) for order in ("fro", 1, np.inf)]
    scales = (1.0, 2.0, 1 / len(X), 2 / len(X))
    mistakes = {
        "standardized_first": _standardized(X),
        "other_norm": _about(*sizes, *(size**2 for size in sizes)),
        "one_end_only": _about(*(scale * end**power for scale in scales for end in ends for power in (1, 2))),
        "not_a_number": lambda call: isinstance(call.value, np.ndarray),
    }
    return Call(student, X).gives((ends[0] / ends[1]) ** 2, mistakes)


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
