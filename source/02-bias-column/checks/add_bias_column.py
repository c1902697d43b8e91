"""The check of `add_bias_column`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, nothing
from autograder.oracles.linear_problem import Array, same


@check
def check_add_bias_column(add_bias_column: Callable[..., Any]) -> Iterator[Finding]:
    """add_bias_column(X) sets a column of ones behind the features, for X of shape (n,) or (n, d)."""
    rng = generator()
    shapes: list[tuple[int, ...]] = [(1,), (2,), (37,), (1, 2), (3, 3), (2, 5), (29, 1), (31, 4)]
    tables_work = all(_adds_bias(add_bias_column, rng.normal(size=shape)) for shape in shapes if len(shape) == 2)
    vectors_work = all(_adds_bias(add_bias_column, rng.normal(size=shape)) for shape in shapes if len(shape) == 1)
    for shape in shapes:
        X = rng.normal(size=shape)
        table = X.reshape(shape[0], -1)
        mistakes = _bias_slips(X, table)
        if len(shape) == 1:
            mistakes["table_only"] = lambda _: tables_work
        else:
            mistakes["one_feature_only"] = lambda _: vectors_work
        part = "one feature" if len(shape) == 1 else "several features"
        yield Call(add_bias_column, X).gives(_beside(table, 1.0), mistakes, part=part)


@check_add_bias_column.misconception
def returns_nothing(X):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    X_b = np.column_stack([X, np.ones(len(X))])
    print(X_b.shape)


@check_add_bias_column.misconception
def argument_changed(X):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
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


@check_add_bias_column.misconception
def ones_in_every_column(X):
    """You added 1 to the features themselves, or added a column for each of them."""
    return X + np.ones_like(X)


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
    return Call(function, X).gives(_beside(X.reshape(len(X), -1), 1.0)).ok


def _beside(table: Array, value: float, first: bool = False) -> Array:
    result = np.full((table.shape[0], table.shape[1] + 1), value)
    result[:, slice(1, None) if first else slice(-1)] = table
    return result


def _bias_slips(X: Array, table: Array) -> dict[str, Any]:
    row = np.array([X, np.ones_like(X)]) if X.ndim == 1 else np.array([*X, np.ones(X.shape[1])])
    doubled = np.array([[*line, *np.ones(table.shape[1])] for line in table])
    wide = table.shape[1] > 1
    return {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "ones_first": _beside(table, 1.0, first=True),
        "ones_row": lambda call: (
            same(call.value, row) or (X.ndim == 2 and same(call.value, row[[-1, *range(len(X))]]))
        ),
        "end_to_end": lambda call: same(call.value, np.array([*X.ravel(), *np.ones(len(call.value) - X.size)])),
        "zeros_column": _beside(table, 0.0),
        "one_column_short": lambda call: same(call.value, X) or same(call.value, table),
        "ones_in_every_column": lambda call: same(call.value, X + 1) or (wide and same(call.value, doubled)),
    }
