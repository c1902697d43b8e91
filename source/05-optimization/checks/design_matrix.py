"""The check of `design_matrix`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import is_any, same


@check("returns_nothing", "changes_argument")
def check_design_matrix(design_matrix: Callable[..., Any]) -> Iterator[Finding]:
    """design_matrix(x) is (n, 2): a column of ones, then x."""
    rng = generator()
    for n in (3, 1, 37, 2):
        x = rng.normal(size=n) * 3 + 1
        right = np.vander(x, 2, increasing=True)
        mistakes = {
            "row_of_ones": is_any(right.T, right.T[::-1]),
            "end_to_end": is_any(right.T.ravel(), right.T[::-1].ravel(), right.ravel()),
            "zeros_column": is_any(right * [0, 1], right[:, ::-1] * [1, 0]),
            "ones_missing": is_any(x, x[:, None], x[None, :]),
            "list_of_lists": lambda call, right=right: (
                isinstance(call.value, (list, tuple)) and same(np.array(call.value), right)
            ),
        }
        yield Call(design_matrix, x).gives(right, mistakes)


@check_design_matrix.another("changes_argument")
def moves_x(x):
    X = np.column_stack([np.ones(len(x)), x])
    x += 1
    return X


@check_design_matrix.misconception
def ones_last(x):
    """Your ones stand in the last column: in this lesson the intercept comes first."""
    return np.column_stack([x, np.ones(len(x))])


@check_design_matrix.misconception
def row_of_ones(x):
    """Your array lies on its side: one row for each x, one column for each parameter, is asked."""
    return np.vstack([np.ones(len(x)), x])


@check_design_matrix.misconception
def end_to_end(x):
    """Ones and x stand in one long row: they belong side by side, in two columns."""
    return np.concatenate([np.ones(len(x)), x])


@check_design_matrix.misconception
def zeros_column(x):
    """Your first column holds zeros: times any intercept, it adds nothing to a prediction."""
    return np.column_stack([np.zeros(len(x)), x])


@check_design_matrix.misconception
def ones_missing(x):
    """The column of ones is missing: what would the intercept be multiplied by?"""
    return x.reshape(-1, 1)


@check_design_matrix.misconception
def list_of_lists(x):
    """The numbers are right, but they come as a list: an array is asked."""
    return [[1.0, float(value)] for value in x]
