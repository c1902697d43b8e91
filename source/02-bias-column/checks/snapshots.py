"""The check of `snapshots`: weights on the way of a run, judged by their closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.oracles.linear_problem import (
    Array,
    draw_problem,
    largest_curvature,
    mean_square,
    same,
    weights_along,
)


@check("returns_nothing")
def check_snapshots(snapshots: Callable[..., Any]) -> Iterator[Finding]:
    """snapshots(X_b, y, w0, learning_rate, epochs) has w after epochs[k] steps in row k."""
    rng = generator()
    for columns, epochs in ((2, (0, 3, 8)), (3, (2, 5, 6, 31)), (4, (0,)), (2, (7,)), (3, None)):
        X_b, y, w0 = draw_problem(rng, 25, columns)
        share = 0.4 if epochs else 0.02  # slow enough for the 200th step to show
        rate = float(share / largest_curvature(X_b))
        call = Call(snapshots, X_b, y, w0, rate, *([] if epochs is None else [epochs]))
        rows = list(epochs or (0, 5, 50, 200))
        weights = weights_along(X_b, y, w0, rate, rows[-1] + 1)
        losses = [mean_square(X_b, y, w) for w in weights[rows]]
        yield call.gives(weights[rows], _mistakes(weights, rows, losses), atol=1e-9)


def _mistakes(weights: Array, rows: list[int], losses: list[float]) -> dict[str, Any]:
    right = weights[rows]
    mistakes: dict[str, Any] = {
        "w0_changed": lambda call: 2 in call.changed,
        "epochs_ignored": lambda call: len(call.value) == 4 and not same(call.value, right),
        "every_epoch_stored": lambda call: len(call.value) in (rows[-1], rows[-1] + 1),
        "list_of_rows": lambda call: isinstance(call.value, (list, tuple)) and same(np.array(call.value), right),
        "losses_stored": lambda call: same(list(np.ravel(call.value)), losses),
    }
    if len(rows) > 1:
        mistakes["same_array_stored"] = lambda call: any(
            same(np.array(call.value), np.tile(end, (len(rows), 1))) for end in weights[[rows[-1], rows[-1] + 1]]
        )
    return mistakes


def path(X_b, y, w, learning_rate, n_steps):
    weights = [np.array(w)]
    for _ in range(n_steps):
        weights.append(weights[-1] - learning_rate * 2 / len(y) * X_b.T @ (X_b @ weights[-1] - y))
    return np.array(weights)


@check_snapshots.misconception
def same_array_stored(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """All rows are the last one: you stored one array several times and it moved on."""
    w = w0.copy()
    rows = []
    for epoch in range(max(epochs) + 1):
        if epoch in epochs:
            rows.append(w)
        w -= learning_rate * 2 / len(y) * X_b.T @ (X_b @ w - y)
    return np.array(rows)


@check_snapshots.misconception
def w0_changed(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """Your function moves the caller's w0; work on a copy."""
    weights = path(X_b, y, w0, learning_rate, max(epochs) + 1)
    w0[:] = weights[-1]
    return weights[list(epochs)]


@check_snapshots.misconception
def one_step_late(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """Your rows are one step late: row k is w after epochs[k] steps, and no step is allowed."""
    return path(X_b, y, w0, learning_rate, max(epochs) + 1)[[epoch + 1 for epoch in epochs]]


@check_snapshots.misconception
def one_step_early(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """Your rows are one step early: row k is w after epochs[k] steps, not before the last of them."""
    return path(X_b, y, w0, learning_rate, max(epochs))[[max(epoch - 1, 0) for epoch in epochs]]


@check_snapshots.misconception
def steps_added_up(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """You go on from the last row by epochs[k] steps; epochs counts from the start."""
    return path(X_b, y, w0, learning_rate, sum(epochs))[np.cumsum(epochs)]


@check_snapshots.misconception
def starts_at_zeros(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """You start from zeros; w0 says where to start."""
    return path(X_b, y, np.zeros_like(w0), learning_rate, max(epochs))[list(epochs)]


@check_snapshots.misconception
def epochs_ignored(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """You store the same epochs whatever epochs says."""
    return path(X_b, y, w0, learning_rate, 200)[[0, 5, 50, 200]]


@check_snapshots.misconception
def every_epoch_stored(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """You store every epoch; only those in epochs are asked."""
    return path(X_b, y, w0, learning_rate, max(epochs))


@check_snapshots.misconception
def list_of_rows(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """The rows are right, but they come as a list; one array with a row for each is asked."""
    return list(path(X_b, y, w0, learning_rate, max(epochs))[list(epochs)])


@check_snapshots.misconception
def lying_on_its_side(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """Your array lies on its side: one row per epoch, one column per weight."""
    return path(X_b, y, w0, learning_rate, max(epochs))[list(epochs)].T


@check_snapshots.misconception
def losses_stored(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """You store the losses on the way; the weights are asked."""
    rows = path(X_b, y, w0, learning_rate, max(epochs))[list(epochs)]
    return np.array([np.mean((X_b @ w - y) ** 2) for w in rows])
