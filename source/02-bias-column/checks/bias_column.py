"""Hidden checks of lesson 2, the bias column: inputs are fresh each time, oracles are closed forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, changed, nothing, raised
from autograder.oracles.linear_problem import Array, draw_problem, mean_square, same

from .descent_runs import check_fit_gd, check_snapshots
from .noise_levels import check_noise_study

__all__ = [
    "check_add_bias_column",
    "check_fit_closed_form",
    "check_fit_gd",
    "check_mse_gradient",
    "check_noise_study",
    "check_snapshots",
    "check_steps_to",
]


# add_bias_column ---------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    ones_first="Your ones stand in the first column; in this course the bias is the last one.",
    ones_row="Your ones lie below the data as a row: another sample was added, not another feature.",
    end_to_end="Your ones stand behind the numbers in one long row; they belong beside them, in two axes.",
    zeros_column="Your new column holds zeros: times any w, it adds nothing to a prediction.",
    one_column_short="Your result has one column too few: nothing was added beside the features.",
    ones_in_every_column="You added 1 to the features themselves, or added a column for each of them.",
    one_feature_only="One feature as (n,) works; a table (n, d) with several features does not yet.",
    table_only="A table (n, d) works; one feature as a plain (n,) does not yet.",
)
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


# mse_gradient ------------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    transpose_missing="Your shapes meet only by luck: each of the n residuals belongs to one row of X_b.",
    wrong_axis="You average over each sample; the mean runs over the samples, one entry per weight.",
    flipped_sign="Every entry has the wrong sign: following it, the loss falls where a gradient says it rises.",
    factor_missing="Every entry is half of what it should be: what does the square leave in front?",
    sum_instead_of_mean="Your gradient grows with the number of samples; the loss is a mean.",
    divided_by_columns="You divide by the number of columns; the mean runs over the samples.",
    means_multiplied="You multiply two means; the mean of products is something else.",
    samples_kept_apart="You return the share of every sample; their mean over the samples is asked.",
    column_shape="The numbers are right, but their shape is not that of w: a gradient has one entry per weight.",
    target_forgotten="Your result does not depend on y: the residual is missing its target.",
    inputs_forgotten="All entries are alike: weigh each residual by the feature that its weight multiplies.",
    step_instead_of_gradient="You return the weights after a step; only the gradient is asked here.",
    loss_instead_of_gradient="You return the loss, one number; asked is its derivative by each weight.",
    measured_by_nudging="A nudge of fixed size drowns in rounding where weights are large: compute the slopes.",
)
def check_mse_gradient(mse_gradient: Callable[..., Any]) -> Iterator[Finding]:
    """mse_gradient(X_b, y, w) is the derivative of the mean squared error by each weight, shape (d + 1,)."""
    rng = generator()
    for n, columns, size in ((3, 3, 1), (40, 2, 1), (25, 4, 1), (2, 3, 1), (1, 2, 1), (12, 3, 1e15)):
        X_b, y, w = draw_problem(rng, n, columns)
        w = size * w
        expected = _slope_of_loss(X_b, y, w, size / 2)
        slips = _gradient_slips(X_b, y, w, expected)
        slips["measured_by_nudging"] = lambda call, size=size: size > 1 and not raised(call)
        yield Call(mse_gradient, X_b, y, w).gives(expected, slips, atol=1e-6)


def _slope_of_loss(X_b: Array, y: Array, w: Array, step: float) -> Array:
    """Central differences: for a quadratic they are exact whatever the step, so the step is large."""
    nudges = step * np.eye(len(w))
    changes = [mean_square(X_b, y, w + nudge) - mean_square(X_b, y, w - nudge) for nudge in nudges]
    return np.array(changes) / (2 * step)


def _gradient_slips(X_b: Array, y: Array, w: Array, right: Array) -> dict[str, Any]:
    n, columns = X_b.shape
    r = X_b @ w - y
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "flipped_sign": -right,
        "factor_missing": right / 2,
        "sum_instead_of_mean": lambda call: (
            n == 1 or same(call.value, n * right) or same(call.value, n * right / 2)
        ),
        "divided_by_columns": right * n / columns,
        "means_multiplied": 2 * X_b.mean(axis=0) * r.mean(),
        "samples_kept_apart": lambda call: any(same(call.value, k * X_b * r[:, None]) for k in (1, 2, 2 / n)),
        "column_shape": lambda call: any(same(call.value, right.reshape(s)) for s in ((-1, 1), (1, -1))),
        "target_forgotten": 2 / n * X_b.T @ (X_b @ w),
        "inputs_forgotten": lambda call: (
            same(call.value, np.full(columns, 2 * r.mean())) or same(call.value, 2 * r.mean())
        ),
        "step_instead_of_gradient": lambda call: any(same(call.value, w - k * right) for k in (1, 0.1, 0.01, -1)),
        "loss_instead_of_gradient": mean_square(X_b, y, w),
    }
    square = n == columns
    slips["transpose_missing"] = 2 / n * X_b @ r if square else raised
    across = (X_b * r[:, None]).mean(axis=1)
    slips["wrong_axis"] = lambda call: any(same(call.value, k * across) for k in (1, 2))
    return slips


# steps_to ----------------------------------------------------------------------------------------------------


@check(
    losses_changed=CHANGED,
    nan_overlooked="nan is not finite either, and no comparison with nan is true; ask whether a number is finite.",
    only_last_checked="A loss in the middle of the run can be inf as well; all of them must be finite.",
    overflow_taken_for_arrival="A run that arrives and overflows later has diverged: look at the whole run first.",
    growth_taken_for_divergence="A run that grows has not diverged as long as all of its losses are finite.",
    zero_taken_for_never="Index 0 is an arrival, though Python counts 0 as false.",
    never_is_not_none="A run that never arrives has no index at all: None is asked.",
    not_at_target="A loss that equals the target has arrived.",
    last_index="You give the last index at or under the target; the first is asked.",
    index_of_smallest="You give the index of the smallest loss; one at or under the target may come earlier.",
    counted_from_one="Your result is one too high: the first loss has index 0.",
    loss_instead_of_index="You return a loss; its index is asked.",
    counted_all="You count the losses at or under the target; asked is where the first of them stands.",
    above_target="You look for losses above the target; an arrival is at or under it.",
    returns_nothing=NOTHING,
)
def check_steps_to(steps_to: Callable[..., Any]) -> Iterator[Finding]:
    """steps_to(losses, target) is the first index at or under target, or None; a run must be finite throughout."""
    rng = generator()
    for n in (9, 17, 40):
        yield _arrives(steps_to, *_noisy_run(rng, n))
    low, mid, high = (float(item) for item in np.sort(rng.uniform(0.5, 9, size=3)))
    inf, nan = float("inf"), float("nan")
    yield _arrives(steps_to, [high, mid], low)
    yield _arrives(steps_to, [high, mid, low, low / 2], low)
    yield _arrives(steps_to, [mid, low, low / 2], high)
    yield _arrives(steps_to, [high, low, mid, 4e4 * mid, 1e200], (low + mid) / 2)
    arrived = [high, mid, low, high, 1e300]
    yield _arrives(steps_to, [*arrived, inf, inf], mid)
    yield _arrives(steps_to, [high, inf, mid, low], mid)
    yield _arrives(steps_to, [*arrived, nan], mid)
    yield _arrives(steps_to, [*arrived, inf, nan, nan], low)
    yield _arrives(steps_to, [inf, nan, nan], mid)


def _arrives(steps_to: Callable[..., Any], losses: list[float], target: float) -> Finding:
    below = [index for index, loss in enumerate(losses) if loss <= target]
    finite = bool(np.isfinite(losses).all())
    expected = below[0] if below and finite else None
    return Call(steps_to, list(losses), target).gives(expected, _arrival_slips(losses, target, below, finite))


def _arrival_slips(losses: list[float], target: float, below: list[int], finite: bool) -> dict[str, Any]:
    """Each label as a rule of its own: what it says of this run, so that a rule must explain all that failed."""
    first = below[0] if below and finite else None
    no_inf = float("inf") not in losses
    grows = any(after > before for before, after in pairwise(losses))
    under = [index for index in below if losses[index] < target]
    return {
        "losses_changed": changed,
        "nan_overlooked": below[0] if below and no_inf else None,
        "only_last_checked": below[0] if below and np.isfinite(losses[-1]) else None,
        "overflow_taken_for_arrival": below[0] if below else None,
        "growth_taken_for_divergence": lambda call: nothing(call) and grows,
        "zero_taken_for_never": first or None,
        "never_is_not_none": lambda call: not below and not nothing(call),
        "not_at_target": under[0] if under and finite else None,
        "last_index": below[-1] if below and finite else None,
        "index_of_smallest": int(np.argmin(losses)) if below and finite else None,
        "counted_from_one": None if first is None else first + 1,
        "loss_instead_of_index": None if first is None else losses[first],
        "counted_all": len(below) if below and finite else None,
        "above_target": next((index for index, loss in enumerate(losses) if loss >= target and finite), None),
        "returns_nothing": nothing,
    }


def _noisy_run(rng: np.random.Generator, n: int) -> tuple[list[float], float]:
    """A run above its target, then under it: the first, the nearest, the smallest and the last all differ."""
    target = float(rng.uniform(1, 2))
    losses = [float(item) for item in target + rng.uniform(0.1, 5, size=n)]
    first = int(rng.integers(2, n - 4))
    for index, depth in ((first, 0.2), (first + 1, 0.3), (n - 3, 0.05), (n - 2, 0.5), (n - 1, 0.1)):
        losses[index] = target - depth
    return losses, target


# fit_closed_form ---------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    whole_lstsq="You return everything that the solver reports; the weights alone are asked.",
    second_bias_column="X_b has its column of ones already; one entry per column of X_b is asked.",
    column_shape="The numbers are right, but their shape is not (d + 1,).",
    predictions_instead="You return the predictions; the weights are asked.",
    transpose_applied_only="You stop halfway: the columns' sums with y are only the right-hand side.",
    not_the_shortest="Your weights reach the lowest loss, but of all that do, the shortest vector is asked.",
    inverse_fails_on_collinear="Two columns that tell the same story leave no inverse. What exists always?",
    not_quite_lowest="On the way to the minimum, but not there: a run cut short, or a changed matrix.",
)
def check_fit_closed_form(fit_closed_form: Callable[..., Any]) -> Iterator[Finding]:
    """fit_closed_form(X_b, y) is the least-squares solution, and the shortest one where there are many."""
    rng = generator()
    for n, columns in ((30, 2), (12, 4), (5, 3)):
        X_b, y, _ = draw_problem(rng, n, columns)
        X_b[:, 0] *= 1e-3 if columns == 2 else 0.1
        yield _least_squares(fit_closed_form, X_b, np.eye(columns), y, "independent columns")
    for copies in ([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0], [0.0, 2.0, 1.0]]):
        X_b, y, _ = draw_problem(rng, 15, 2)
        yield _least_squares(fit_closed_form, X_b, np.array(copies), y, "collinear columns")
    few, y, _ = draw_problem(rng, 2, 4)
    yield _least_squares(fit_closed_form, np.eye(2), few, y, "collinear columns")


def _least_squares(fit: Callable[..., Any], base: Array, mix: Array, y: Array, part: str) -> Finding:
    """Try X_b = base @ mix, of which the shortest solution is known: base's own, brought back into mix's rows.

    Source: the full-rank factorisation of the pseudoinverse, Ben-Israel and Greville, Generalized Inverses, 1.6.
    """
    X_b = base @ mix
    coordinates = np.linalg.solve(base.T @ base, base.T @ y)
    right = mix.T @ np.linalg.solve(mix @ mix.T, coordinates)
    lowest = mean_square(X_b, y, right)

    def loss(call: Call) -> float:
        return mean_square(X_b, y, np.asarray(call.value)) if np.shape(call.value) == right.shape else np.inf

    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "whole_lstsq": lambda call: len(call.value) == 4 and same(call.value[0], right, 1e-4),
        "second_bias_column": lambda call: len(call.value) == len(right) + 1,
        "column_shape": lambda call: any(same(call.value, right.reshape(s), 1e-5) for s in ((-1, 1), (1, -1))),
        "predictions_instead": lambda call: same(call.value, X_b @ right, 1e-4),
        "transpose_applied_only": X_b.T @ y,
        "not_the_shortest": lambda call: part == "collinear columns" and loss(call) <= lowest + 1e-9,
        "inverse_fails_on_collinear": lambda _: part == "collinear columns",
        "not_quite_lowest": lambda call: loss(call) < np.mean(y**2),  # better than no model at all
    }
    return Call(fit, X_b, y).gives(right, slips, rtol=1e-6, atol=1e-8, part=part)
