"""The check of `loss_grid`: the surface that descent runs on, and what it costs to compute."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, clock, generator

from .column_problem import Array, draw_columns, mean_square, same

MOST_TRACED = 8 << 20  # bytes
SLOW = 0.008  # seconds for 3,600 cells; a loop over cells takes 0.03, anything else 0.001 at most
TRIES = 3


@check(
    "returns_nothing",
    "changes_argument",
    cells_times_samples="Your function keeps a number for every cell and every sample at once: too much memory.",
    cell_by_cell="Right, but slow: a Python loop over single cells. Let whole rows or tables be computed at once.",
)
def check_loss_grid(loss_grid: Callable[..., Any]) -> Iterator[Finding]:
    """loss_grid(X, y, theta0_values, theta1_values) is the loss at every pair, (len(theta0), len(theta1))."""
    rng = generator()
    right = True
    for n, rows, columns in ((6, 3, 5), (20, 4, 2), (5, 4, 4), (1, 1, 3)):
        X, y, _ = draw_columns(rng, n, 2)
        theta0, theta1 = (np.sort(rng.normal(size=size) * 3) for size in (rows, columns))
        finding = _table(Call(loss_grid, X, y, theta0, theta1), X, y, theta0, theta1)
        right = right and finding.ok
        yield finding
    if right:  # one after the other, for what comes later would take long, or much, where something fails
        for trial in (_speed, _traced, _large):
            finding = trial(loss_grid, rng)
            yield finding
            if not finding.ok:
                return


@check_loss_grid.another("changes_argument")
def moves_values(X, y, theta0_values, theta1_values):
    grid = _grid(X, y, theta0_values, theta1_values)
    theta0_values -= theta0_values[0]
    return grid


@check_loss_grid.misconception
def axes_swapped(X, y, theta0_values, theta1_values):
    """Your axes are swapped: the rows belong to theta0, the columns to theta1."""
    return _grid(X, y, theta0_values, theta1_values).T


@check_loss_grid.misconception
def parameters_swapped(X, y, theta0_values, theta1_values):
    """Intercept and slope have changed places: which of them multiplies the column of ones?"""
    return _grid(X[:, ::-1], y, theta0_values, theta1_values)


@check_loss_grid.another(parameters_swapped)
def swapped_and_turned(X, y, theta0_values, theta1_values):
    return _grid(X[:, ::-1], y, theta0_values, theta1_values).T


@check_loss_grid.misconception
def flattened(X, y, theta0_values, theta1_values):
    """The losses are right, but they come in one long row: a table is asked."""
    return _grid(X, y, theta0_values, theta1_values).ravel()


@check_loss_grid.another(flattened)
def flattened_by_columns(X, y, theta0_values, theta1_values):
    return _grid(X, y, theta0_values, theta1_values).T.ravel()


@check_loss_grid.another(flattened)
def one_column(X, y, theta0_values, theta1_values):
    return _grid(X, y, theta0_values, theta1_values).reshape(-1, 1)


@check_loss_grid.misconception
def half_of_it(X, y, theta0_values, theta1_values):
    """This is half of the loss: in this lesson the loss is the plain mean of squares."""
    return _grid(X, y, theta0_values, theta1_values) / 2


@check_loss_grid.misconception
def sum_instead_of_mean(X, y, theta0_values, theta1_values):
    """Your losses grow with the number of samples: divide by how many there are."""
    return _grid(X, y, theta0_values, theta1_values) * len(y)


@check_loss_grid.another(sum_instead_of_mean)
def half_the_sum(X, y, theta0_values, theta1_values):
    return _grid(X, y, theta0_values, theta1_values) * len(y) / 2


@check_loss_grid.misconception
def rooted(X, y, theta0_values, theta1_values):
    """You take a root at the end: the mean of the squares is the loss already."""
    return np.sqrt(_grid(X, y, theta0_values, theta1_values))


@check_loss_grid.misconception
def diagonal_only(X, y, theta0_values, theta1_values):
    """You pair the values one by one: every theta0 meets every theta1."""
    thetas = np.stack([theta0_values, theta1_values])
    return np.mean((X @ thetas - y) ** 2, axis=0)


@check_loss_grid.misconception
def squares_of_the_mean(X, y, theta0_values, theta1_values):
    """You square the mean of the residuals: the mean of their squares is asked."""
    ones, x = X.mean(axis=0)
    return (ones * theta0_values[:, None] + x * theta1_values - np.mean(y)) ** 2


def _grid(X, y, theta0_values, theta1_values):
    """The table by its second moments, which costs as little for a large one."""
    (a, b), (_, c) = X.T @ X / len(X)
    d, e = X.T @ y / len(X)
    t0, t1 = theta0_values[:, None], theta1_values
    return a * t0**2 + 2 * b * t0 * t1 + c * t1**2 - 2 * d * t0 - 2 * e * t1 + np.mean(y**2)


def _table(call: Call, X: Array, y: Array, theta0: Array, theta1: Array) -> Finding:
    right = np.array([[mean_square(X, y, np.array([[a], [b]])) for b in theta1] for a in theta0])
    in_pairs = {
        "diagonal_only": lambda call: (
            np.shape(call.value) == (min(right.shape),)
            or (right.shape[0] != right.shape[1] and call.error is not None)
        )
    }
    return call.gives(right, in_pairs, atol=1e-9)


# A number for every cell and sample is 32 MB in the traced trial, where a table alone is 80 kB. Where a function
# runs in another process, it cannot be traced, but a limit of 2 GB breaks it off: 2.2 GB in the large trial.


def _traced(loss_grid: Callable[..., Any], rng: np.random.Generator) -> Finding:
    """A small table of many samples, with the memory of this process watched."""
    already = tracemalloc.is_tracing()
    if not already:
        tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        finding = _large(loss_grid, rng, 400, 100)
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        if not already:
            tracemalloc.stop()
    if peak < MOST_TRACED:
        return finding
    return replace(finding, ok=False, shows={"cells_times_samples": True})


def _large(loss_grid: Callable[..., Any], rng: np.random.Generator, n: int = 1100, side: int = 500) -> Finding:
    """Try a square table, of which some cells are compared."""
    X, y, _ = draw_columns(rng, n, 2)
    theta0, theta1 = np.linspace(-3, 4, side), np.linspace(-2, 5, side)
    call = Call(loss_grid, X, y, theta0, theta1)

    def agrees(table: Any) -> bool:
        cells = rng.integers(side, size=(20, 2))
        right = [mean_square(X, y, np.array([[theta0[i]], [theta1[j]]])) for i, j in cells]
        return table.shape == (side, side) and same([float(table[i, j]) for i, j in cells], right)

    asked = f"a table of shape ({side}, {side}), in a few times the memory that it takes itself"
    return call.satisfies(agrees, asked, {"cells_times_samples": lambda call: isinstance(call.error, MemoryError)})


def _speed(loss_grid: Callable[..., Any], rng: np.random.Generator) -> Finding:
    """The shortest of a few tries, for other work on the machine only ever adds time."""
    X, y, _ = draw_columns(rng, 20, 2)
    values = np.linspace(-3, 4, 60)
    shortest = np.inf
    for _ in range(TRIES):
        began = clock()
        call = Call(loss_grid, X, y, values, values)
        shortest = min(shortest, clock() - began)
        if shortest < SLOW or shortest > 10 * SLOW:
            break
    mistakes = {"cell_by_cell": call.error is None}
    return call.satisfies(shortest < SLOW, "a table of 3,600 losses in a few thousandths of a second", mistakes)
