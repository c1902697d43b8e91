"""The check of `add_bias_column`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.oracles.linear_problem import Array, same


@check("returns_nothing", "changes_argument")
def check_add_bias_column(add_bias_column: Callable[..., Any]) -> Iterator[Finding]:
    """add_bias_column(X) sets a column of ones behind the features, for X of shape (n,) or (n, d)."""
    rng = generator()
    shapes: list[tuple[int, ...]] = [(1,), (2,), (37,), (1, 2), (3, 3), (2, 5), (29, 1), (31, 4)]
    tables_work = all(_adds_bias(add_bias_column, rng.normal(size=shape)) for shape in shapes if len(shape) == 2)
    vectors_work = all(_adds_bias(add_bias_column, rng.normal(size=shape)) for shape in shapes if len(shape) == 1)
    for shape in shapes:
        X = rng.normal(size=shape)
        table = X.reshape(shape[0], -1)
        one_feature = len(shape) == 1
        mistakes: dict[str, Any] = {"end_to_end": lambda call, X=X: _ends_in_ones(call.value, X)}
        if one_feature:
            mistakes["table_only"] = lambda _: tables_work
        else:
            mistakes["one_feature_only"] = lambda _: vectors_work
        part = "one feature" if one_feature else "several features"
        yield Call(add_bias_column, X).gives(_with_ones(table), mistakes, part=part)


@check_add_bias_column.another("changes_argument")
def scales_in_place(X):
    bias = np.ones(len(X))
    X_b = np.column_stack([X, bias])
    X *= 1.0 + 1e-3  # scale
    return X_b


@check_add_bias_column.misconception
def ones_first(X):
    """Your ones stand in the first column; in this course the bias is the last one."""
    return np.column_stack([np.ones(len(X)), X])


@check_add_bias_column.misconception
def ones_row(X):
    """Your ones lie below the data as a row: another sample was added, not another feature."""
    ones = np.ones_like(X) if X.ndim == 1 else np.ones(X.shape[1])
    return np.vstack([X, ones])


@check_add_bias_column.another(ones_row)
def ones_row_first(X):
    ones = np.ones_like(X) if X.ndim == 1 else np.ones(X.shape[1])
    return np.vstack([ones, X])


@check_add_bias_column.misconception
def end_to_end(X):
    """Your ones stand behind the numbers in one long row; they belong beside them, in two axes."""
    return np.append(X, np.ones(len(X)))


@check_add_bias_column.misconception
def zeros_column(X):
    """Your new column holds zeros: times any w, it adds nothing to a prediction."""
    return np.column_stack([X, np.zeros(len(X))])


@check_add_bias_column.misconception
def one_column_short(X):
    """Your result has one column too few: nothing was added beside the features."""
    X_b = np.array(X)
    np.column_stack([X_b, np.ones(len(X))])
    return X_b


@check_add_bias_column.another(one_column_short)
def only_reshaped(X):
    return X.reshape(len(X), -1)


@check_add_bias_column.misconception
def ones_in_every_column(X):
    """You added 1 to the features themselves, or added a column for each of them."""
    return X + np.ones_like(X)


@check_add_bias_column.another(ones_in_every_column)
def ones_beside_every_column(X):
    table = X.reshape(len(X), -1)
    return np.hstack([table, np.ones_like(table)])


@check_add_bias_column.misconception
def one_feature_only(X):
    """One feature as (n,) works; a table (n, d) with several features does not yet."""
    n = X.size
    return np.hstack([X.reshape(n, 1), np.ones((n, 1))])


@check_add_bias_column.misconception
def table_only(X):
    """A table (n, d) works; one feature as a plain (n,) does not yet."""
    n, d = X.shape
    return np.hstack([X, np.ones((n, 1))])


def _adds_bias(function: Callable[..., Any], X: Array) -> bool:
    return Call(function, X).gives(_with_ones(X.reshape(len(X), -1))).ok


def _with_ones(table: Array) -> Array:
    result = np.ones((table.shape[0], table.shape[1] + 1))
    result[:, :-1] = table
    return result


def _ends_in_ones(value: Any, X: Array) -> bool:
    return same(value, np.array([*X.ravel(), *np.ones(len(value) - X.size)]))
