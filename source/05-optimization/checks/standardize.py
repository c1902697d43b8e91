"""The check of `standardize`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test, has_items
from course.testing.value import difference

from .column_problem import Array


def same(got: Any, expected: Any, rtol: float = 1e-6) -> bool:
    """The values agree, zeros to nine places: a small spread magnifies the rounding of the data."""
    return not difference(got, expected, rtol, 1e-9)


def is_any(*wrong: Any) -> Test:
    """Test whether the value of a call is one of these."""
    return lambda call: call.error is None and any(same(call.value, value) for value in wrong)


@check("returns_nothing", "changes_argument")
def check_standardize(standardize: Callable[..., Any]) -> Iterator[Finding]:
    """standardize(X) gives (Z, mean, std): columns with mean 0 and standard deviation 1, a constant one zeros."""
    rng = generator()
    for n, d in ((9, 3), (30, 1), (2, 2), (4, 4)):
        X = rng.normal(size=(n, d)) * rng.uniform(0.5, 40, size=d) + rng.uniform(2, 9, size=d)
        right = _scaled(X)
        yield Call(standardize, X).gives(right, _scale_slips(X, right), rtol=1e-6, atol=1e-9)
    small = np.column_stack([rng.normal(size=40), 3 + 1e-5 * rng.normal(size=40)])
    right = _scaled(small)
    told = ("Z_alone", "wrong_order", "ddof_1", "keeps_two_axes")
    slips = {label: slip for label, slip in _scale_slips(small, right).items() if label in told}
    low = {"threshold_too_high": lambda call: same(call.value[0][:, 0], right[0][:, 0], 1e-5)}
    yield Call(standardize, small).gives(right, slips | low, rtol=1e-6, atol=1e-9)
    whole = _constant_column(standardize, rng, 2.0)
    yield whole
    yield _constant_column(standardize, rng, _unround(rng, 30), None if whole.ok else whole)


def _standardized(X, mean, std):
    """The columns less their mean, over their spread; one without spread becomes zeros."""
    flat = X.max(axis=0) == X.min(axis=0)
    return np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))


@check_standardize.another("changes_argument")
def scales_in_place(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = X.max(axis=0) == X.min(axis=0)
    X -= mean
    X /= np.where(flat, 1.0, std)
    X[:, flat] = 0
    return X, mean, std


@check_standardize.misconception
def Z_alone(X):
    """You return Z alone: the means and the standard deviations are asked as well."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return _standardized(X, mean, std)


@check_standardize.misconception
def wrong_order(X):
    """The three results have changed places: Z, then the means, then the standard deviations."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return _standardized(X, mean, std), std, mean


@check_standardize.misconception
def ddof_1(X):
    """Your standard deviation divides by n - 1: in this lesson it divides by n."""
    mean, std = X.mean(axis=0), X.std(axis=0, ddof=1)
    return _standardized(X, mean, std), mean, std


@check_standardize.misconception
def wrong_axis(X):
    """Your mean and spread run over the wrong axis: each column has its own, taken over the rows."""
    mean, std = X.mean(axis=1), X.std(axis=1)
    std[std == 0] = 1
    Z = (X - mean[:, None]) / std[:, None]
    return Z, mean, std


@check_standardize.misconception
def one_for_all(X):
    """One mean and one spread for the whole table: each column has its own."""
    mean, std = np.full(X.shape[1], X.mean()), np.full(X.shape[1], X.std())
    return (X - mean) / std, mean, std


@check_standardize.misconception
def keeps_two_axes(X):
    """The numbers are right, but mean and std have two axes: one entry per column, shape (d,)."""
    mean, std = X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)
    return _standardized(X, mean, std), mean, std


@check_standardize.misconception
def not_divided(X):
    """Your columns are centred, but their spread is what it was."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return X - mean, mean, std


@check_standardize.misconception
def not_centred(X):
    """Your columns are divided, but their mean was not taken off."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = X.max(axis=0) == X.min(axis=0)
    return np.where(flat, 0.0, X / np.where(flat, 1.0, std)), mean, std


@check_standardize.misconception
def variance_instead(X):
    """You divide by the variance: the standard deviation is its root."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return _standardized(X, mean, std**2), mean, std


@check_standardize.misconception
def range_instead(X):
    """You divide by the range: the standard deviation is asked."""
    low, high = X.min(axis=0), X.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return (X - low) / span, X.mean(axis=0), X.std(axis=0)


@check_standardize.misconception
def constant_gives_nan(X):
    """A column that is the same in every row has no spread, and 0 / 0 is nan: zeros are asked."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return (X - mean) / std, mean, std


@check_standardize.misconception
def rounding_taken_for_spread(X):
    """A constant column can have a std of 1e-17 by rounding, and 1e-17 / 1e-17 is not 0."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    scale = np.where(std == 0, 1.0, std)
    return (X - mean) / scale, mean, std


@check_standardize.misconception
def threshold_too_high(X):
    """A column with a small spread is no constant: it has to be scaled like the others."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = std < 1e-3
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z, mean, std


def _scaled(X: Array) -> tuple[Array, Array, Array]:
    """Mean and spread by least squares on a constant: independent of mean() and std()."""
    middle = np.linalg.lstsq(np.full((len(X), 1), 1.0), X, rcond=None)[0][0]
    spread = np.linalg.norm(X - middle, axis=0) / len(X) ** 0.5
    return (X - middle) / spread, middle, spread


def _scale_slips(X: Array, right: tuple[Array, Array, Array]) -> dict[str, Any]:
    Z, mean, std = right
    n = len(X)
    wider = (n / (n - 1)) ** 0.5
    whole = (X - X.mean()) / X.std()

    def first(*wrong: Array) -> Any:
        return lambda call: has_items(3)(call.value) and any(same(call.value[0], value, 1e-6) for value in wrong)

    return {
        "Z_alone": is_any(Z, Z / wider),
        "wrong_order": is_any((Z, std, mean), (mean, std, Z), (Z / wider, std, mean)),
        "ddof_1": is_any((Z / wider, mean, std * wider), (Z / wider, mean, std), (Z, mean, std * wider)),
        "wrong_axis": lambda call: np.size(call.value[1]) == n != len(mean) or first(*_by_rows(X))(call),
        "one_for_all": first(whole) if X.shape[1] > 1 else (lambda call: np.ndim(call.value[1]) == 0),
        "keeps_two_axes": lambda call: same(call.value[0], Z) and np.ndim(call.value[1]) == 2,
        "not_divided": first(X - mean),
        "not_centred": first(X / std),
        "variance_instead": first((X - mean) / std**2),
        "range_instead": first((X - mean) / np.ptp(X, axis=0), (X - X.min(axis=0)) / np.ptp(X, axis=0)),
    }


def _by_rows(X: Array) -> list[Array]:
    """The table scaled by the mean and spread of each row; of a square one, what broadcasting makes of it."""
    mean, std = X.mean(axis=1), X.std(axis=1)
    std[std == 0] = 1
    scaled = [(X - mean[:, None]) / std[:, None]]
    return [*scaled, (X - mean) / std] if X.shape[0] == X.shape[1] else scaled


def _constant_column(
    standardize: Callable[..., Any], rng: np.random.Generator, value: float, earlier: Finding | None = None
) -> Finding:
    """A constant column between two others; its std is not judged, for a 1 in its place is as good as a 0."""
    X = np.column_stack([rng.normal(size=30) * 5 + 3, np.full(30, value), rng.normal(size=30)])
    Z, mean, std = _scaled(np.delete(X, 1, axis=1))
    call = Call(standardize, X)

    def zeros_there(value: Any) -> bool:
        return (
            has_items(3)(value)
            and same(value[0], np.insert(Z, 1, 0.0, axis=1))
            and same(value[1], np.insert(mean, 1, X[0, 1]))
            and value[2].shape == (3,)
            and same(np.delete(value[2], 1), std)
        )

    def others_right(call: Call) -> bool:
        return same(np.delete(call.value[0], 1, axis=1), Z)

    mistakes = {
        "wrong_order": lambda call: others_right(call) and same(np.delete(call.value[1], 1), std),
        "keeps_two_axes": lambda call: others_right(call) and np.ndim(call.value[1]) == 2,
        "ddof_1": lambda call: (
            same(np.delete(call.value[0], 1, axis=1), Z * (29 / 30) ** 0.5)
            or same(np.delete(call.value[2], 1), std * (30 / 29) ** 0.5)
        ),
        "constant_gives_nan": lambda call: (
            bool(np.isnan(call.value[0][:, 1]).any())
            or (earlier is not None and earlier.shows["constant_gives_nan"] and others_right(call))
        ),
        "rounding_taken_for_spread": lambda call: value != 2.0 and others_right(call),
    }
    return call.satisfies(zeros_there, "zeros in the constant column, the others scaled", mistakes)


def _unround(rng: np.random.Generator, n: int) -> float:
    """A number whose mean over n rows is not the number itself, so that rounding makes a spread of 1e-17."""
    while True:
        value = float(rng.uniform(0.1, 0.9))
        column = np.full((n, 3), value)
        if np.full(n, value).std() > 0 and column.std(axis=0).min() > 0:
            return value
