"""The check of `train_test_split_by_year`: what the training years are told about the test years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator, has_items
from course.data.longley import longley
from course.testing.value import difference

from .bowl import Array

Parts = tuple[Array, ...]


@check("returns_nothing", "changes_argument")
def check_train_test_split_by_year(train_test_split_by_year: Any) -> Iterator[Finding]:
    """(X, y, years, first_test_year) -> X_train, X_test, y_train, y_test, scaled by the training years."""
    rng = generator()
    findings = []
    for n, d in ((14, 3), (40, 2), (9, 1)):
        years = rng.permutation(np.arange(n) // 2 + 1950)
        X = (
            rng.normal(size=(n, d)) * rng.uniform(0.5, 30, d)
            + rng.uniform(-50, 50, d)
            + 3.0 * (years - 1950)[:, None]
        )
        findings.append(_finding(train_test_split_by_year, X, rng.normal(10, 4, n), years, 1950 + n // 3))
    features, y = longley()
    order = rng.permutation(len(y))
    X, years = features[order] * rng.uniform(0.97, 1.03, features.shape), features[order, -1].astype(int)
    findings.append(_finding(train_test_split_by_year, X, y[order], years, int(rng.integers(1954, 1960))))
    yield from findings
    if all(finding.ok for finding in findings):
        X[:, 2] = 1 / 3  # the mean of such numbers is off by a rounding error, so their spread is not quite 0
        yield _finding(train_test_split_by_year, X, y[order], years, 1957, constant=2)


def _split(X, y, train, mean=None, spread=None):
    """Cut by `train`, a mask; scale by its rows, or as asked. A column without spread becomes zeros."""
    mean = X[train].mean(axis=0) if mean is None else mean
    spread = np.sqrt(np.mean((X[train] - X[train].mean(axis=0)) ** 2, axis=0)) if spread is None else spread
    flat = np.ptp(X[train], axis=0) == 0
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, spread))
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.another("changes_argument")
def centres_in_place(X, y, years, first_test_year):
    X -= X[years < first_test_year].mean(axis=0)
    return _split(X, y, years < first_test_year)


@check_train_test_split_by_year.misconception
def order_of_results(X, y, years, first_test_year):
    """The four parts are right, but in another order than asked."""
    X_train, X_test, y_train, y_test = _split(X, y, years < first_test_year)
    return X_train, y_train, X_test, y_test


@check_train_test_split_by_year.misconception
def halves_swapped(X, y, years, first_test_year):
    """Training and test have changed places: the test years are the later ones."""
    return _split(X, y, years >= first_test_year)


@check_train_test_split_by_year.misconception
def boundary_in_training(X, y, years, first_test_year):
    """The first test year itself has gone to the training data."""
    return _split(X, y, years <= first_test_year)


@check_train_test_split_by_year.misconception
def boundary_year_lost(X, y, years, first_test_year):
    """A row that should be in one of the two parts is in neither."""
    X_train, X_test, y_train, y_test = _split(X, y, years < first_test_year)
    later = years[years >= first_test_year] > first_test_year
    return X_train, X_test[later], y_train, y_test[later]


@check_train_test_split_by_year.misconception
def split_by_position(X, y, years, first_test_year):
    """The rows are cut at a place: the years need not be in order, so ask each row for its own."""
    return _split(X, y, np.arange(len(y)) < np.count_nonzero(years < first_test_year))


@check_train_test_split_by_year.misconception
def shuffled(X, y, years, first_test_year):
    """The rows have lost their order, or features and targets no longer belong together."""
    order = np.argsort(years, kind="stable")
    return _split(X[order], y[order], years[order] < first_test_year)


@check_train_test_split_by_year.misconception
def not_scaled(X, y, years, first_test_year):
    """The features come as they went in: they are asked scaled."""
    return _split(X, y, years < first_test_year, 0.0, 1.0)


@check_train_test_split_by_year.misconception
def scaled_on_all_data(X, y, years, first_test_year):
    """The scale was taken from all rows: the test years must not tell the training anything."""
    return _split(X, y, years < first_test_year, X.mean(axis=0), X.std(axis=0))


@check_train_test_split_by_year.another(scaled_on_all_data)
def mean_of_all_data(X, y, years, first_test_year):
    return _split(X, y, years < first_test_year, X.mean(axis=0))


@check_train_test_split_by_year.another(scaled_on_all_data)
def spread_of_all_data(X, y, years, first_test_year):
    return _split(X, y, years < first_test_year, spread=X.std(axis=0))


@check_train_test_split_by_year.misconception
def test_scaled_by_itself(X, y, years, first_test_year):
    """The test features have their own scale: both parts use that of the training years."""
    train = years < first_test_year
    own = _split(X, y, ~train)[0]
    return _split(X, y, train)[0], own, y[train], y[~train]


@check_train_test_split_by_year.another(test_scaled_by_itself)
def test_centred_by_itself(X, y, years, first_test_year):
    train = years < first_test_year
    X_test = X[~train] - X[~train].mean(axis=0)
    return _split(X, y, train)[0], X_test / X[train].std(axis=0), y[train], y[~train]


@check_train_test_split_by_year.another(test_scaled_by_itself)
def test_with_own_spread(X, y, years, first_test_year):
    train = years < first_test_year
    X_test = X[~train] - X[train].mean(axis=0)
    return _split(X, y, train)[0], X_test / X[~train].std(axis=0), y[train], y[~train]


@check_train_test_split_by_year.another(test_scaled_by_itself)
def test_scaled_by_itself_ddof_1(X, y, years, first_test_year):
    train = years < first_test_year
    X_test = X[~train] - X[~train].mean(axis=0)
    return _split(X, y, train)[0], X_test / X[~train].std(axis=0, ddof=1), y[train], y[~train]


@check_train_test_split_by_year.misconception
def test_not_scaled(X, y, years, first_test_year):
    """The test features are not scaled: both parts use the scale of the training years."""
    train = years < first_test_year
    return _split(X, y, train)[0], X[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def one_scale_for_all(X, y, years, first_test_year):
    """One mean or one spread was taken for all features: each column has its own."""
    train = years < first_test_year
    return _split(X, y, train, X[train].mean(), X[train].std())


@check_train_test_split_by_year.another(one_scale_for_all)
def one_spread_for_all(X, y, years, first_test_year):
    train = years < first_test_year
    return _split(X, y, train, spread=X[train].std())


@check_train_test_split_by_year.another(one_scale_for_all)
def one_mean_for_all(X, y, years, first_test_year):
    train = years < first_test_year
    return _split(X, y, train, X[train].mean())


@check_train_test_split_by_year.misconception
def only_centred(X, y, years, first_test_year):
    """The features are centred, but their spread is not 1 in the training years."""
    return _split(X, y, years < first_test_year, spread=1.0)


@check_train_test_split_by_year.another(only_centred)
def divided_by_variance(X, y, years, first_test_year):
    train = years < first_test_year
    return _split(X, y, train, spread=X[train].var(axis=0))


@check_train_test_split_by_year.misconception
def ddof_1(X, y, years, first_test_year):
    """The spread is divided by one less than the number of rows: divide by the number itself."""
    train = years < first_test_year
    return _split(X, y, train, spread=X[train].std(axis=0, ddof=1))


@check_train_test_split_by_year.misconception
def constant_gives_nan(X, y, years, first_test_year):
    """A column that never changes in the training years has no spread: make zeros of it."""
    train = years < first_test_year
    Z = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    return Z[train], Z[~train], y[train], y[~train]


@check_train_test_split_by_year.misconception
def target_scaled(X, y, years, first_test_year):
    """y is scaled as well: the targets stay as they are."""
    train = years < first_test_year
    return _split(X, (y - y[train].mean()) / y[train].std(), train)


@check_train_test_split_by_year.misconception
def ones_added(X, y, years, first_test_year):
    """There is a column too many: no column of ones is asked here."""
    X_train, X_test, y_train, y_test = _split(X, y, years < first_test_year)
    X_train, X_test = (np.column_stack([np.ones(len(Z)), Z]) for Z in (X_train, X_test))
    return X_train, X_test, y_train, y_test


def _finding(student: Any, X: Array, y: Array, years: Array, first: int, constant: int | None = None) -> Finding:
    train = years < first
    right = _split(X, y, train)
    mistakes: dict[str, Any] = {}
    if constant is not None:
        mistakes["constant_gives_nan"] = lambda call: bool(
            call.value[0].shape[1] == X.shape[1] and not np.all(np.abs(call.value[0][:, constant]) < 1e-6)
        )
    else:
        cuts = [_split(X, y, np.arange(len(y)) < k) for k in range(1, len(y))]
        mistakes["split_by_position"] = lambda call: any(_same(call.value, parts) for parts in cuts)
        orders = list(permutations(right))[1:]
        mistakes["order_of_results"] = lambda call: any(_same(call.value, parts) for parts in orders)
        mistakes["shuffled"] = lambda call: _row_sets_agree(call.value, right)
        mistakes["target_scaled"] = lambda call: (
            _same(call.value[:2], right[:2]) and not _same(call.value[2:], right[2:])
        )
        mistakes["ones_added"] = lambda call: call.value[0].shape == (train.sum(), X.shape[1] + 1)
    return Call(student, X, y, years, first).satisfies(
        lambda value: has_items(4)(value) and _same(value, right),
        f"X_train {right[0].shape}, X_test {right[1].shape}, y_train, y_test, scaled by the years before {first}",
        mistakes,
    )


def _same(value: Any, parts: Parts) -> bool:
    return all(not difference(got, part, 1e-6, 1e-7) for got, part in zip(value, parts, strict=True))


def _row_sets_agree(value: Any, right: Parts) -> bool:
    """Each of the four holds the right rows, in another order."""
    return all(
        got.shape == part.shape and np.allclose(np.sort(got, axis=0), np.sort(part, axis=0))
        for got, part in zip(value, right, strict=True)
    )
