"""The hidden checks of `loss_grid` and `max_stable_rate`: the surface that descent runs on, and its steepness."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, clock, generator
from autograder.checking.mistakes import CHANGED, NOTHING, changed, nothing

from .column_problem import Array, draw_columns, is_any, mean_square, same

MOST_TRACED = 8 << 20  # bytes
SLOW = 0.008  # seconds for 3,600 cells; a loop over cells takes 0.03, anything else 0.001 at most
TRIES = 3


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    axes_swapped="Your axes are swapped: the rows belong to theta0, the columns to theta1.",
    parameters_swapped="Intercept and slope have changed places: which of them multiplies the column of ones?",
    flattened="The losses are right, but they come in one long row: a table is asked.",
    half_of_it="This is half of the loss: in this lesson the loss is the plain mean of squares.",
    sum_instead_of_mean="Your losses grow with the number of samples: divide by how many there are.",
    rooted="You take a root at the end: the mean of the squares is the loss already.",
    diagonal_only="You pair the values one by one: every theta0 meets every theta1.",
    squares_of_the_mean="You square the mean of the residuals: the mean of their squares is asked.",
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


def _losses(X: Array, y: Array, theta0: Array, theta1: Array) -> Array:
    return np.array([[mean_square(X, y, np.array([[a], [b]])) for b in theta1] for a in theta0])


def _table(call: Call, X: Array, y: Array, theta0: Array, theta1: Array) -> Finding:
    right, n = _losses(X, y, theta0, theta1), len(y)
    reversed_X = X[:, ::-1]
    means = np.array([[float((X @ [a, b] - y[:, 0]).mean()) for b in theta1] for a in theta0])
    slips = {
        "returns_nothing": nothing,
        "argument_changed": changed,
        "axes_swapped": is_any(right.T),
        "parameters_swapped": is_any(
            _losses(reversed_X, y, theta0, theta1), _losses(reversed_X, y, theta0, theta1).T
        ),
        "flattened": is_any(right.ravel(), right.T.ravel(), right.reshape(-1, 1)),
        "half_of_it": is_any(right / 2),
        "sum_instead_of_mean": is_any(n * right, n * right / 2),
        "rooted": is_any(np.sqrt(right)),
        "diagonal_only": lambda call: (
            np.shape(call.value) == (min(right.shape),)
            or (right.shape[0] != right.shape[1] and call.error is not None)
        ),
        "squares_of_the_mean": is_any(means**2),
    }
    return call.gives(right, slips, atol=1e-9)


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


@check(
    returns_nothing=NOTHING,
    argument_changed=CHANGED,
    one_over_lambda="This is 1 over the curvature: up to twice that rate, steps still end nearer than they began.",
    singular_value_not_squared="A singular value of X is no eigenvalue of X^T X: how are the two related?",
    n_forgotten="Your rate shrinks as samples are added: the loss is a mean, so its curvature has an n in it.",
    two_forgotten="The square in the loss leaves a 2 in its curvature: one of your two factors of 2 is missing.",
    smallest_eigenvalue="That is the rate for the flattest direction: the steepest one breaks first.",
    another_eigenvalue="That belongs to some eigenvalue, but not to the largest: their order is not fixed.",
    trace_instead="You use the sum of the eigenvalues: the largest of them sets the border.",
    eigenvalue_returned="You return the curvature itself: the border of the rate is asked.",
    condition_number_instead="You return the condition number: the border of the rate is asked.",
    not_a_number="Your result is no single real number: one plain float is asked.",
)
def check_max_stable_rate(max_stable_rate: Callable[..., Any]) -> Iterator[Finding]:
    """max_stable_rate(X) is 2 over the largest eigenvalue of (2/n) X^T X, a float."""
    rng = generator()
    for n, d in ((12, 2), (80, 3), (7, 4), (3, 5), (9, 1)):
        X = rng.normal(size=(n, d)) * rng.uniform(0.3, 4, size=d) + rng.uniform(0.5, 2, size=d)
        sizes = np.linalg.svd(X, compute_uv=False)
        largest = float(sizes[0] ** 2)  # of X^T X
        right = n / largest
        others = [n / float(size**2) for size in sizes[1:]]
        smallest = others[-1] if others else None
        slips: dict[str, Any] = {
            "returns_nothing": nothing,
            "argument_changed": changed,
            "one_over_lambda": right / 2,
            "singular_value_not_squared": is_any(*(k * n / float(sizes[0]) for k in (0.5, 1, 2)), 2 / sizes[0]),
            "n_forgotten": is_any(1 / largest, 2 / largest, 0.5 / largest),
            "two_forgotten": 2 * right,
            "smallest_eigenvalue": _smallest(smallest, d > n),
            "another_eigenvalue": is_any(*others, *(2 * other for other in others)),
            "trace_instead": is_any(*(k * n / float(np.sum(sizes**2)) for k in (0.5, 1, 2))),
            "eigenvalue_returned": is_any(largest, 2 * largest, largest / n, 2 * largest / n),
            "condition_number_instead": lambda call, s=sizes: (
                same(call.value, float(s[0] / s[-1])) or same(call.value, float((s[0] / s[-1]) ** 2))
            ),
            "not_a_number": lambda call: isinstance(call.value, (np.ndarray, complex)),
        }
        yield Call(max_stable_rate, X).gives(right, slips)


def _smallest(rate: float | None, wide: bool) -> Any:
    """Where X is wider than it is tall, the smallest eigenvalue is zero but for rounding, of either sign."""
    if wide:
        return lambda call: abs(call.value) > 1e6
    return is_any(*([] if rate is None else [rate, 2 * rate]))
