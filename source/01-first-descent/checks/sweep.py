"""The check of `sweep`: a run for each learning rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import OVERFLOW, raised, readable
from course.testing.value import difference

from .line_data import LineData
from .runs import FAR, LONG, ROUNDING, diverges_like, diverging, is_sequence


@check(
    "returns_nothing",
    "changes_argument",
    not_a_dict="A dict is asked, from which each rate's losses can be looked up.",
    returns_inside_loop="The first rate's losses come back alone: where does the function end?",
    keys_not_rates="The keys of your dict are not the rates themselves: look up one of those passed in.",
    whole_history="More than asked hangs under each rate: the list of losses alone is wanted.",
    last_loss_only="You keep one loss for each rate: the whole list is asked, one loss for each epoch.",
    shared_list="All rates share one list: make a new one for each rate.",
    carried_over="A later rate begins where an earlier one ended: each has to start afresh.",
    rate_ignored="All rates give the same losses: the rate of the loop has to reach the run.",
    diverging_rate_left_out="A rate that diverges has no entry, or a shortened one: it belongs there like any.",
    overflow_raises=OVERFLOW,
)
def check_sweep(sweep: Any) -> Iterator[Finding]:
    """sweep(X, y, learning_rates, n_epochs) is a dict: each rate -> the list of losses of its own run."""
    rng = generator()
    findings: list[Finding] = []
    for epochs, count in ((5, 3), (1, 2), (8, 4)):
        findings += _sweep_findings(sweep, rng, epochs, count)
    yield from findings
    if all(finding.ok for finding in findings):
        data, rate = diverging(rng)
        slow = rate / (8 * FAR)
        call = Call(sweep, data.X, data.y, [rate, slow], LONG)
        run = data.descend(rate, LONG)
        mistakes = {"overflow_raises": raised, "diverging_rate_left_out": lambda call: _left_out(call, rate)}
        yield call.satisfies(
            lambda found: diverges_like(found[rate], run.loss) and len(found[slow]) == LONG,
            f"{LONG} losses for each rate, also for the one that diverges",
            mistakes,
            part="diverging",
        )


def _sweep_findings(sweep: Any, rng: np.random.Generator, epochs: int, count: int) -> Iterator[Finding]:
    data = LineData.drawn(rng, int(rng.integers(12, 40)))
    shares = rng.permutation(np.linspace(0.05, 0.6, count)) * rng.uniform(0.8, 1.2)
    rates = [readable(share * data.largest_rate()) for share in shares]
    runs = {rate: data.descend(rate, epochs) for rate in rates}
    right = {rate: run.loss for rate, run in runs.items()}
    call = Call(sweep, data.X, data.y, rates, epochs)
    yield call.gives(
        right,
        {
            "not_a_dict": lambda call: is_sequence(call) and len(call.value) == count,
            "returns_inside_loop": lambda call: _is_first_alone(call, right, rates[0]),
            "keys_not_rates": lambda call: len(call.value) == count and not set(call.value) & set(rates),
            "last_loss_only": lambda call: all(np.ndim(call.value[rate]) == 0 for rate in rates),
            "whole_history": lambda call: all("loss" in call.value[rate] for rate in rates),
            "shared_list": lambda call: all(len(call.value[rate]) == count * epochs for rate in rates),
            "carried_over": _carried_over(data, rates, epochs),
            "rate_ignored": lambda call: _all_equal([call.value[rate] for rate in rates]),
        },
        atol=ROUNDING,
        part="stable",
    )


def _carried_over(data: LineData, rates: list[float], epochs: int) -> dict[float, list[float]]:
    losses, w, b = {}, 0.0, 0.0
    for rate in rates:
        run = data.descend(rate, epochs, w, b)
        losses[rate], w, b = run.loss, run.w[-1], run.b[-1]
    return losses


def _is_first_alone(call: Call, right: dict[float, list[float]], first: float) -> bool:
    alone = (right[first], {first: right[first]})
    return any(not difference(call.value, value, atol=ROUNDING) for value in alone)


def _all_equal(lists: list[Any]) -> bool:
    return all(not difference(list(other), list(lists[0])) for other in lists[1:])


def _left_out(call: Call, rate: float) -> bool:
    return call.error is None and (rate not in call.value or len(call.value[rate]) < LONG)
