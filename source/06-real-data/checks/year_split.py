"""The check of lesson 6's split by year: what the training years are told about the test years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test, changed, has_items, nothing
from course.data.longley import longley
from course.testing.value import difference

from .bowl import Array, Mask

Parts = tuple[Array, ...]


@check
def check_train_test_split_by_year(train_test_split_by_year: Any) -> Iterator[Finding]:
    """(X, y, years, first_test_year) -> X_train, X_test, y_train, y_test, scaled by the training years."""
    rng = generator()
    for n, d in ((14, 3), (40, 2), (9, 1)):
        years = rng.permutation(np.arange(n) // 2 + 1950)
        X = (
            rng.normal(size=(n, d)) * rng.uniform(0.5, 30, d)
            + rng.uniform(-50, 50, d)
            + 3.0 * (years - 1950)[:, None]
        )
        yield _split_finding(train_test_split_by_year, X, rng.normal(10, 4, n), years, 1950 + n // 3)
    features, y = longley()
    order = rng.permutation(len(y))
    X, years = features[order] * rng.uniform(0.97, 1.03, features.shape), features[order, -1].astype(int)
    yield _split_finding(train_test_split_by_year, X, y[order], years, int(rng.integers(1954, 1960)))
    X[:, 2] = 1 / 3  # the mean of such numbers is off by a rounding error, so their spread is not quite 0
    yield _split_finding(train_test_split_by_year, X, y[order], years, 1957, constant=2)


@check_train_test_split_by_year.misconception
def returns_nothing(X, y, years, first_test_year):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    parts = Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def changes_argument(X, y, years, first_test_year):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    X -= mean
    X /= np.where(flat, 1.0, std)
    Z = np.where(flat, 0.0, X)
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def order_of_results(X, y, years, first_test_year):
    """The four parts are right, but in another order than asked."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], y[train], Z[~train], y[~train]


@check_train_test_split_by_year.misconception
def halves_swapped(X, y, years, first_test_year):
    """Training and test have changed places: the test years are the later ones."""
    train = years >= first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def boundary_in_training(X, y, years, first_test_year):
    """The first test year itself has gone to the training data."""
    train = years <= first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def boundary_year_lost(X, y, years, first_test_year):
    """A row that should be in one of the two parts is in neither."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    test = years > first_test_year
    return Z[train], Z[test], y[train], y[test]


@check_train_test_split_by_year.misconception
def split_by_position(X, y, years, first_test_year):
    """The rows are cut at a place: the years need not be in order, so ask each row for its own."""
    train = np.arange(len(y)) < np.count_nonzero(years < first_test_year)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def shuffled(X, y, years, first_test_year):
    """The rows have lost their order, or features and targets no longer belong together."""
    order = np.argsort(years, kind="stable")
    X, y, years = X[order], y[order], years[order]
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def not_scaled(X, y, years, first_test_year):
    """The features come as they went in: they are asked scaled."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return X[train], X[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def scaled_on_all_data(X, y, years, first_test_year):
    """The scale was taken from all rows: the test years must not tell the training anything."""
    train = years < first_test_year
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def test_scaled_by_itself(X, y, years, first_test_year):
    """The test features have their own scale: both parts use that of the training years."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    test = X[~train]
    Z_test = (test - test.mean(axis=0)) / np.where(flat, 1.0, test.std(axis=0))
    return Z[train], Z_test, y[train], y[~train]


@check_train_test_split_by_year.misconception
def test_not_scaled(X, y, years, first_test_year):
    """The test features are not scaled: both parts use the scale of the training years."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], X[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def one_scale_for_all(X, y, years, first_test_year):
    """One mean or one spread was taken for all features: each column has its own."""
    train = years < first_test_year
    mean, std = X[train].mean(), X[train].std()
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def only_centred(X, y, years, first_test_year):
    """The features are centred, but their spread is not 1 in the training years."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, X - mean)
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def ddof_1(X, y, years, first_test_year):
    """The spread is divided by one less than the number of rows: divide by the number itself."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0, ddof=1)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def constant_gives_nan(X, y, years, first_test_year):
    """A column that never changes in the training years has no spread: make zeros of it."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = (X - mean) / std
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def target_scaled(X, y, years, first_test_year):
    """y is scaled as well: the targets stay as they are."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    y = (y - y[train].mean()) / y[train].std()
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def ones_added(X, y, years, first_test_year):
    """There is a column too many: no column of ones is asked here."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    Z = np.column_stack([np.ones(len(Z)), Z])
    return Z[train], Z[~train], y[train], y[~train]


def _split(X: Array, y: Array, train: Mask) -> Parts:
    """Scale by the rows of `train`, a mask, and cut; a column without spread becomes zeros."""
    spread = np.sqrt(np.mean((X - X[train].mean(axis=0)) ** 2, axis=0, where=train[:, None]))
    flat = np.ptp(X[train], axis=0) == 0
    Z = np.where(flat, 0.0, (X - X[train].mean(axis=0)) / np.where(flat, 1.0, spread))
    return Z[train], Z[~train], y[train], y[~train]


def _split_finding(
    student: Any, X: Array, y: Array, years: Array, first: int, constant: int | None = None
) -> Finding:
    train = years < first
    call = Call(student, X, y, years, first)
    mistakes = _mistakes(X, y, years, first)
    if constant is not None:
        mistakes["constant_gives_nan"] = lambda call: bool(
            call.value[0].shape[1] == X.shape[1] and not np.all(np.abs(call.value[0][:, constant]) < 1e-6)
        )
        # What is left of the other mistakes shows on the data without such a column.
        mistakes = {
            label: mistakes[label] for label in ("returns_nothing", "changes_argument", "constant_gives_nan")
        }
    right = _split(X, y, train)
    return call.satisfies(
        lambda value: has_items(4)(value) and _same(value, right),
        f"X_train {right[0].shape}, X_test {right[1].shape}, y_train, y_test, scaled by the years before {first}",
        mistakes,
    )


def _same(value: Any, parts: Parts) -> bool:
    return all(not difference(got, part, 1e-6, 1e-7) for got, part in zip(value, parts, strict=True))


def _mistakes(X: Array, y: Array, years: Array, first: int) -> dict[str, Any]:
    train = years < first
    a, b, c, d = right = _split(X, y, train)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)

    def is_any(*wrong: Parts) -> Test:
        return lambda call: any(_same(call.value, parts) for parts in wrong)

    def scaled(mean: Any, std: Any, test_mean: Any = None, test_std: Any = None) -> Parts:
        other = (mean, std) if test_mean is None else (test_mean, test_std)
        return (X[train] - mean) / std, (X[~train] - other[0]) / other[1], c, d

    test_mean, test_std = X[~train].mean(axis=0), X[~train].std(axis=0) + 1e-300
    whole = (X.mean(axis=0), X.std(axis=0))
    own = [scaled(mean, std, test_mean, X[~train].std(axis=0, ddof=k) + 1e-300) for k in (0, 1)]
    late = years <= first
    cuts = [np.arange(len(y)) < k for k in range(1, len(y))]
    return {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "order_of_results": is_any((a, c, b, d), (b, a, d, c), (a, b, d, c), (c, d, a, b), (a, c, d, b)),
        "halves_swapped": is_any(_split(X, y, ~train), (b, a, d, c)),
        "boundary_in_training": is_any(_split(X, y, late)) if late.sum() < len(y) else False,
        "boundary_year_lost": _lost(right, int(np.count_nonzero(years == first))),
        "split_by_position": is_any(*(_split(X, y, cut) for cut in cuts)),
        "shuffled": lambda call: _row_sets_agree(call.value, right),
        "not_scaled": is_any(scaled(0.0, 1.0)),
        "scaled_on_all_data": is_any(scaled(*whole), scaled(mean, whole[1]), scaled(whole[0], std)),
        "test_scaled_by_itself": is_any(
            *own, scaled(mean, std, test_mean, std), scaled(mean, std, mean, test_std)
        ),
        "test_not_scaled": is_any(scaled(mean, std, 0.0, 1.0)),
        "one_scale_for_all": is_any(
            scaled(X[train].mean(), X[train].std()), scaled(mean, X[train].std()), scaled(X[train].mean(), std)
        ),
        "only_centred": is_any(scaled(mean, 1.0), scaled(mean, std**2)),
        "ddof_1": is_any(scaled(mean, X[train].std(axis=0, ddof=1))),
        "target_scaled": lambda call: _same(call.value[:2], right[:2]) and not _same(call.value[2:], right[2:]),
        "ones_added": lambda call: call.value[0].shape == (a.shape[0], a.shape[1] + 1),
    }


def _lost(right: Parts, count: int) -> Test:
    """So many rows, those of the first test year, are missing from the test data."""
    return lambda call: len(call.value[1]) == len(right[1]) - count and not difference(call.value[0], right[0])


def _row_sets_agree(value: Any, right: Parts) -> bool:
    """Each of the four holds the right rows, in another order."""
    return all(
        got.shape == part.shape and np.allclose(np.sort(got, axis=0), np.sort(part, axis=0))
        for got, part in zip(value, right, strict=True)
    )
