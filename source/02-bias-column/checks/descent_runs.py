"""The hidden checks of `fit_gd` and `snapshots`: a run of gradient descent, judged by its closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, OVERFLOW, nothing, raised
from autograder.oracles.linear_problem import (
    Array,
    draw_problem,
    largest_curvature,
    mean_square,
    same,
    weights_along,
)


@check(
    returns_nothing=NOTHING,
    w0_changed="Your function moves the caller's w0, so a second run starts elsewhere; work on a copy.",
    data_changed=CHANGED,
    losses_and_weights_swapped="You return the losses first; the weights come first, then the losses.",
    weights_only="You return the weights alone; their losses are asked as well, after a comma.",
    losses_only="You return the losses alone; the weights come first.",
    last_loss_only="You return one loss; one per epoch is asked, in a list.",
    loss_after_step="Your losses are one step ahead: note the loss of the weights you have, then move them.",
    final_loss_added="One loss too many: the last step needs no loss after it.",
    one_epoch_short="One epoch is missing: n_epochs steps, n_epochs losses.",
    one_epoch_long="There is one epoch too many: n_epochs steps, n_epochs losses.",
    weights_one_step_behind="The losses are right, but the weights you return miss the last step.",
    uphill="Your losses grow: the step goes along the gradient, not against it.",
    learning_rate_forgotten="Your step does not depend on learning_rate.",
    divided_by_n_again="Your steps are n times too small: the gradient is a mean already.",
    starts_at_zeros="You start from zeros; the caller's w0 says where to start.",
    gradient_taken_once="Your gradient stays that of the start; it has to be taken anew in each epoch.",
    other_loss="The weights are right, but the losses are not the mean of the squared residuals.",
    raises_when_diverging=OVERFLOW,
    stops_when_diverging="You stop when a loss is not finite; n_epochs losses are asked, whatever they are.",
    stops_early="You stop before n_epochs; this function has no stopping rule.",
)
def check_fit_gd(fit_gd: Callable[..., Any]) -> Iterator[Finding]:
    """fit_gd(X_b, y, w0, learning_rate, n_epochs) returns the last weights and the loss before each step."""
    rng = generator()
    for n, columns, share, n_epochs in ((30, 2, 0.3, 7), (9, 3, 0.8, 1), (40, 4, 1.2, 25)):
        X_b, y, w0 = draw_problem(rng, n, columns)
        rate = float(share / largest_curvature(X_b))
        expected, slips = _descent_slips(X_b, y, w0, rate, n_epochs)
        yield Call(fit_gd, X_b, y, w0, rate, n_epochs).gives(expected, slips, atol=1e-9)
    yield _resting_run(fit_gd, *draw_problem(rng, 20, 3))
    yield _diverging_run(fit_gd, *draw_problem(rng, 20, 2))


def _descent_slips(X_b: Array, y: Array, w0: Array, rate: float, n: int) -> tuple[Any, dict[str, Any]]:
    def run(start: Array, rate: float) -> tuple[Array, list[float]]:
        path = weights_along(X_b, y, start, rate, n)
        return path[-1], [mean_square(X_b, y, w) for w in path[:-1]]

    path = weights_along(X_b, y, w0, rate, n + 1)
    loss = [mean_square(X_b, y, w) for w in path]
    right = (path[n], loss[:n])
    other = [[k * item for item in loss[:n]] for k in (0.5, len(y), len(y) / 2)] + [
        [item**0.5 for item in loss[:n]]
    ]
    first_step = path[1] - path[0]
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "w0_changed": lambda call: 2 in call.changed,
        "data_changed": lambda call: 0 in call.changed or 1 in call.changed,
        "losses_and_weights_swapped": (loss[:n], path[n]),
        "weights_only": path[n],
        "losses_only": loss[:n],
        "last_loss_only": lambda call: any(same(call.value, (path[n], last)) for last in loss[n - 1 : n + 1]),
        "loss_after_step": (path[n], loss[1 : n + 1]),
        "final_loss_added": (path[n], loss[: n + 1]),
        "one_epoch_short": (path[n - 1], loss[: n - 1]),
        "one_epoch_long": (path[n + 1], loss[: n + 1]),
        "weights_one_step_behind": (path[n - 1], loss[:n]),
        "starts_at_zeros": run(np.zeros_like(w0), rate),
        "gradient_taken_once": lambda call: same(call.value[0], w0 + n * first_step),
        "other_loss": lambda call: any(same(call.value, (path[n], losses)) for losses in other),
        "uphill": run(w0, -rate),
        "learning_rate_forgotten": run(w0, 1.0),
        "divided_by_n_again": run(w0, rate / len(y)),
    }
    return right, slips


def _resting_run(fit_gd: Callable[..., Any], X_b: Array, y: Array, _: Array) -> Finding:
    """Start at the minimum, where any rule that stops a run would do so at once."""
    lowest: Array = np.linalg.lstsq(X_b, y, rcond=None)[0].astype(float)
    loss = mean_square(X_b, y, lowest)
    call = Call(fit_gd, X_b, y, lowest.copy(), float(0.5 / largest_curvature(X_b)), 30)
    mistakes = {"stops_early": lambda call: len(call.value[1]) < 30 and len(call.value[0]) == len(lowest)}
    return call.gives((lowest, [loss] * 30), mistakes, atol=1e-9)


def _diverging_run(fit_gd: Callable[..., Any], X_b: Array, y: Array, w0: Array) -> Finding:
    rate, n_epochs = float(10 / largest_curvature(X_b)), 200  # each step multiplies the loss by 81
    early = [mean_square(X_b, y, w) for w in weights_along(X_b, y, w0, rate, 10)]
    call = Call(fit_gd, X_b, y, w0, rate, n_epochs)

    def overflows(value: Any) -> bool:  # a gradient by differences comes to rest at losses of 1e30 or so
        losses = list(value[1])
        return len(losses) == n_epochs and same(losses[:11], early, 1e-4) and not losses[-1] < losses[10]

    mistakes = {
        "returns_nothing": nothing,
        "raises_when_diverging": lambda call: raised(call) and "NotImplemented" not in repr(call.error),
        "stops_when_diverging": lambda call: len(call.value[1]) < n_epochs,
    }
    return call.satisfies(overflows, "200 losses that grow, to inf or nan in the end", mistakes)


@check(
    returns_nothing=NOTHING,
    same_array_stored="All rows are the last one: you stored one array several times and it moved on.",
    w0_changed="Your function moves the caller's w0; work on a copy.",
    one_step_late="Your rows are one step late: row k is w after epochs[k] steps, and no step is allowed.",
    one_step_early="Your rows are one step early: row k is w after epochs[k] steps, not before the last of them.",
    steps_added_up="You go on from the last row by epochs[k] steps; epochs counts from the start.",
    starts_at_zeros="You start from zeros; w0 says where to start.",
    epochs_ignored="You store the same epochs whatever epochs says.",
    every_epoch_stored="You store every epoch; only those in epochs are asked.",
    list_of_rows="The rows are right, but they come as a list; one array with a row for each is asked.",
    lying_on_its_side="Your array lies on its side: one row per epoch, one column per weight.",
    losses_stored="You store the losses on the way; the weights are asked.",
)
def check_snapshots(snapshots: Callable[..., Any]) -> Iterator[Finding]:
    """snapshots(X_b, y, w0, learning_rate, epochs) has w after epochs[k] steps in row k."""
    rng = generator()
    for columns, epochs in ((2, (0, 3, 8)), (3, (2, 5, 6, 31)), (4, (0,)), (2, (7,)), (3, None)):
        X_b, y, w0 = draw_problem(rng, 25, columns)
        share = 0.4 if epochs else 0.02  # slow enough for the 200th step to show
        rate = float(share / largest_curvature(X_b))
        call = Call(snapshots, X_b, y, w0, rate, *([] if epochs is None else [epochs]))
        wanted = epochs or (0, 5, 50, 200)
        path = weights_along(X_b, y, w0, rate, sum(wanted) + 1)
        slips = _snapshot_slips(path, wanted)
        slips["starts_at_zeros"] = weights_along(X_b, y, np.zeros(columns), rate, max(wanted))[list(wanted)]
        slips["losses_stored"] = lambda call, X_b=X_b, y=y, path=path, wanted=wanted: same(
            list(np.ravel(call.value)), [mean_square(X_b, y, w) for w in path[list(wanted)]]
        )
        yield call.gives(path[list(wanted)], slips, atol=1e-9)


def _snapshot_slips(path: Array, wanted: tuple[int, ...]) -> dict[str, Any]:
    rows = list(wanted)
    right = path[rows]
    slips: dict[str, Any] = {
        "returns_nothing": nothing,
        "w0_changed": lambda call: 2 in call.changed,
        "one_step_late": path[[row + 1 for row in rows]],
        "one_step_early": lambda call: same(call.value, path[[max(row - 1, 0) for row in rows]]),
        "steps_added_up": path[np.cumsum(rows)],
        "epochs_ignored": lambda call: len(call.value) == 4 and not same(call.value, right),
        "every_epoch_stored": lambda call: len(call.value) in (rows[-1], rows[-1] + 1),
        "list_of_rows": lambda call: isinstance(call.value, (list, tuple)) and same(np.array(call.value), right),
        "lying_on_its_side": right.T,
    }
    if len(rows) > 1:
        slips["same_array_stored"] = lambda call: any(
            same(np.array(call.value), np.tile(end, (len(rows), 1)))
            for end in (path[rows[-1]], path[rows[-1] + 1])
        )
    return slips
