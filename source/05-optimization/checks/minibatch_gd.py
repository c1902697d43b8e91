"""The check of `minibatch_gd`: small runs whose batches can be read off their losses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, permutations
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import has_items, raised

from .batch_replay import Replay, Rules, replay
from .column_problem import Array, draw_columns, mean_square, same, thetas_along

SAMPLES, SIZE, STEPS, RUNS = 7, 3, 12, 5  # a pass takes three steps, the last of them with one sample


@dataclass(frozen=True)
class Run:
    """One run of the student's, and what can be found out about it."""

    call: Call
    X: Array
    y: Array
    rate: float
    size: int = SIZE

    @property
    def history(self) -> list[float]:
        """The losses that it noted."""
        return [float(loss) for loss in self.call.value[1]]

    @cached_property
    def found(self) -> Replay:
        """Its batches, if it went as it should."""
        return self.by(Rules())

    def by(self, rules: Rules) -> Replay:
        """Its batches, if it went by these rules."""
        try:
            return replay(self.X, self.y, self.rate, self.size, self.history, rules)
        except Exception:  # nothing like a pair of theta and losses came back
            return Replay(complete=False)

    def goes_by(self, rules: Rules) -> bool:
        """The whole run, to its last theta, is explained by these rules."""
        found = self.by(rules)
        return found.complete and len(found.batches) > 0 and same(self.call.value[0], found.theta)


@check(
    "returns_nothing",
    "changes_argument",
    history_first="You return the history first: theta comes first, then the history.",
    flat_theta="The numbers are right, but theta has lost its second axis: a column is asked.",
    start_loss_added="One loss too many: the loss at the start is no loss after a step.",
    loss_before_step="Your losses are one step behind: step first, then note the loss of where you are.",
    passes_instead_of_steps="You go through all of the data in each iteration: one batch a step is asked.",
    other_length="The history needs one loss for each step, iters in all.",
    whole_data_each_step="Each of your steps uses all samples: batch_size of them are asked.",
    with_replacement="A batch of yours can hold a sample twice: draw without putting back.",
    batch_loss_tracked="Your history holds the loss of the batch alone: the loss on all samples is asked.",
    divided_by_n="The mean runs over the batch: you divide its gradient by the number of all samples.",
    rest_divided_by_batch_size="The last batch of a pass can be smaller: its mean divides by its own size.",
    uphill="Your losses grow where they should fall: the step goes along the gradient, not against it.",
    rows_torn_apart="The rows of X and y in a batch do not belong together: draw one set of indices for both.",
    uneven_batches="A batch is smaller than batch_size, and not because a pass had no more samples left.",
    same_batch_every_step="Every step uses the same batch: draw anew, or go on through a shuffled order.",
    never_shuffled="Your batches come in the order of the data: the order has to be drawn.",
    shuffled_once="You go through the same order again and again: shuffle anew for each pass.",
    neighbours_only="Your batches are always neighbours in the data: any samples may come together.",
    some_samples_never="Some samples are never drawn, in however many steps.",
    rng_ignored="The same rng must give the same run, another one another run: draw from rng alone.",
    large_batch_accepted="A batch larger than the data passes in silence: a ValueError is asked.",
    whole_batch_refused="A batch of exactly all samples is allowed: it is batch descent.",
)
def check_minibatch_gd(minibatch_gd: Callable[..., Any]) -> Iterator[Finding]:
    """minibatch_gd(X, y, alpha, iters, batch_size, rng): a step for each batch, the full loss after each step."""
    rng = generator()
    X, y, _ = draw_columns(rng, SAMPLES, 2)
    rate = 0.2 / float(np.square(X).sum(axis=1).max())
    seeds = [int(seed) for seed in rng.choice(2**31, size=RUNS, replace=False)]

    def run(seed: int) -> Run:
        call = Call(minibatch_gd, X, y, rate, STEPS, SIZE, np.random.default_rng(seed))
        return Run(call, X, y, rate)

    runs = [run(seed) for seed in seeds]
    steps = [_steps(each) for each in runs]
    yield from steps
    if all(finding.ok for finding in steps):
        yield _draws(runs, run(seeds[0]))
    yield Call(minibatch_gd, X, y, rate, STEPS, SAMPLES + 1, np.random.default_rng(seeds[0])).raises(
        ValueError, {"large_batch_accepted": lambda call: call.error is None}
    )
    yield _whole(minibatch_gd, X, y, rate, seeds[0])
    yield _steps(_single(minibatch_gd, rng, seeds[0]))


def _single(minibatch_gd: Callable[..., Any], rng: np.random.Generator, seed: int) -> Run:
    """Batches of one sample, with three parameters."""
    X, y, _ = draw_columns(rng, 9, 3)
    rate = 0.2 / float(np.square(X).sum(axis=1).max())
    return Run(Call(minibatch_gd, X, y, rate, 20, 1, np.random.default_rng(seed)), X, y, rate, 1)


def _whole(minibatch_gd: Callable[..., Any], X: Array, y: Array, rate: float, seed: int) -> Finding:
    path = thetas_along(X, y, np.zeros((2, 1)), rate, 5)
    right = (path[5], [mean_square(X, y, theta) for theta in path[1:]])
    call = Call(minibatch_gd, X, y, rate, 5, SAMPLES, np.random.default_rng(seed))
    return call.gives(right, {"whole_batch_refused": raised})


def _steps(run: Run) -> Finding:
    """Each loss is explained by a batch, and the last theta belongs to the last one."""
    iters = 20 if run.size == 1 else STEPS

    def is_right(value: Any) -> bool:
        asked = has_items(2)(value) and not same(value[0], value[1]) and len(value[1]) == iters
        return asked and np.ndim(value[1]) == 1 and run.goes_by(Rules())

    return run.call.satisfies(
        is_right, f"theta and {iters} losses, each after a step on one batch", _slips(run, iters)
    )


def _slips(run: Run, iters: int) -> dict[str, Any]:
    n, X, y, size = len(run.X), run.X, run.y, run.size
    start = float(np.square(y).mean())

    def goes_by(**rules: Any) -> Any:
        return lambda _: run.goes_by(Rules(**rules))

    def swapped(call: Call) -> bool:
        return np.shape(call.value[1]) == (X.shape[1], 1) and len(call.value[0]) == iters

    return {
        "history_first": swapped,
        "flat_theta": lambda call: run.found.complete and same(call.value[0], run.found.theta[:, 0]),
        "start_loss_added": lambda call: len(call.value[1]) == iters + 1 and same(run.history[0], start),
        "loss_before_step": lambda call: len(call.value[1]) == iters and same(run.history[0], start),
        **({"passes_instead_of_steps": lambda _: _is_a_pass(run)} if size > 1 else {}),
        "other_length": lambda call: len(call.value[1]) != iters and len(call.value[0]) == X.shape[1],
        "whole_data_each_step": lambda call: same(
            run.history, [mean_square(X, y, theta) for theta in _whole_path(run, iters)]
        ),
        "with_replacement": goes_by(repeats=True),
        "batch_loss_tracked": lambda _: any(run.by(Rules(noted=when)).complete for when in ("after", "before")),
        "divided_by_n": goes_by(divisor=n),
        "rest_divided_by_batch_size": goes_by(divisor=size),
        "uphill": goes_by(gain=-1.0),
        "rows_torn_apart": lambda _: _is_torn(run),
    }  # fmt: skip


def _whole_path(run: Run, iters: int) -> Array:
    start = np.zeros((run.X.shape[1], 1))
    return thetas_along(run.X, run.y, start, run.rate, iters)[1:]


def _is_a_pass(run: Run) -> bool:
    """The first loss is that after a step for every batch of a pass."""
    for first in combinations(range(len(run.X)), run.size):
        rest = [index for index in range(len(run.X)) if index not in first]
        for second in combinations(rest, run.size):
            theta = np.zeros((run.X.shape[1], 1))
            for batch in (first, second, tuple(index for index in rest if index not in second)):
                rows = list(batch)
                slope = 2 * run.X[rows].T @ (run.X[rows] @ theta - run.y[rows]) / len(rows)
                theta = theta - run.rate * slope
            if same(mean_square(run.X, run.y, theta), run.history[0]):
                return True
    return False


def _is_torn(run: Run) -> bool:
    """The first loss is that after a step on rows of X with other rows of y."""
    n, size = len(run.X), run.size
    rows = np.array(list(combinations(range(n), size)))
    targets = np.array(list(permutations(range(n), size)))
    sums = np.einsum("ksd,ts->ktd", run.X[rows], run.y[targets][:, :, 0]).reshape(-1, run.X.shape[1])
    thetas = run.rate * 2 / size * sums
    losses = np.square(thetas @ run.X.T - run.y[:, 0]).mean(axis=1)
    return bool((np.abs(losses - run.history[0]) < 1e-9 * (1 + losses)).any())


def _draws(runs: list[Run], again: Run) -> Finding:
    """How the batches of several runs were drawn."""
    drawn = [run.found.batches for run in runs]
    uneven = any(not _is_even(batches) for batches in drawn)
    every = [batch for batches in drawn for batch in batches]
    same_seed = not same(list(runs[0].call.value), list(again.call.value))
    repeats = all(list(run.call.value[1]) == list(runs[0].call.value[1]) for run in runs)
    shows = {
        "uneven_batches": uneven,
        "same_batch_every_step": all(len(set(batches)) == 1 for batches in drawn),
        "never_shuffled": all(_in_order(batches) for batches in drawn),
        # before the next two: five orders that stay leave out the same sample with a chance of 1 in 2401, and are
        # all made of neighbours with one of 1e-5, while neither of those mistakes makes a run periodic by chance
        "shuffled_once": all(_is_periodic(batches) for batches in drawn),
        "neighbours_only": all(_is_window(batch) for batch in every),
        "some_samples_never": len({index for batch in every for index in batch}) < SAMPLES,
        "rng_ignored": same_seed or repeats,
    }
    return again.call.satisfies(
        not any(shows.values()), "batches drawn afresh from rng, all samples taking part", shows
    )


def _is_even(batches: list[tuple[int, ...]]) -> bool:
    """All batches are full, or they come in passes, of which the last batch may be smaller."""
    if all(len(batch) == SIZE for batch in batches):
        return True
    steps = -(-SAMPLES // SIZE)
    passes = [sum(batches[place : place + steps], ()) for place in range(0, len(batches), steps)]
    full = all(len(batch) == SIZE for place, batch in enumerate(batches) if place % steps < steps - 1)
    return full and all(len(each) == len(set(each)) == SAMPLES for each in passes)


def _in_order(batches: list[tuple[int, ...]]) -> bool:
    """Each batch begins where the one before ended, whatever becomes of the samples left at the end."""
    starts = [batch[0] for batch in batches]
    blocks = all(batch == tuple(range(batch[0], batch[0] + len(batch))) for batch in batches)
    return blocks and all(after in (before + SIZE, 0) for before, after in pairwise(starts))


def _is_window(batch: tuple[int, ...]) -> bool:
    return any({(start + k) % SAMPLES for k in range(len(batch))} == set(batch) for start in range(SAMPLES))


def _is_periodic(batches: list[tuple[int, ...]]) -> bool:
    """The same batches come round again, after as many steps as a pass takes with or without its rest."""
    return any(
        all(one == other for one, other in zip(batches, batches[period:], strict=False))
        for period in (SAMPLES // SIZE, -(-SAMPLES // SIZE))
    )
