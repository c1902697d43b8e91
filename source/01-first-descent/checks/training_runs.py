"""The checks of whole runs of gradient descent in lesson 1: `train` and `sweep`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import (
    CHANGED,
    NOTHING,
    OVERFLOW,
    Test,
    away_from_zero,
    changed,
    nothing,
    raised,
    readable,
)
from course.testing.value import difference

from .line_data import LineData, Run

ROUNDING = 1e-6  # what a loss or a parameter near zero may differ by; central differences are a right gradient
HUGE = 1e8  # up to here the losses of a diverging run are compared
LONG = 30  # epochs after which a diverging run has left the floats
FAR = 4e10  # times the largest rate, for a diverging run
SETTLED = 35  # epochs after which a run at the best rate has arrived: each leaves less than two thirds


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    not_a_dict="A dict is asked, with the lists under the keys that the task names.",
    other_keys="The dict has other keys than the task names: a reader will look for those.",
    returns_inside_loop="The run ends after its first epoch: look at where the function returns.",
    last_value_only="You keep the last number alone: a history has one entry for each epoch.",
    kept_between_calls="A second call goes on with the lists of the first: make them anew inside the function.",
    start_ignored="The run begins at (0, 0) whatever w and b are passed in.",
    restarts_each_epoch="Every epoch repeats the first: the next one has to begin where a step has led.",
    one_epoch_short="A list has one entry too few: count the epochs that really run.",
    one_epoch_long="A list has one entry too many: one for each epoch, and none for the start.",
    stores_before_step="Your w and b are those from before each step: look at the order of storing and stepping.",
    w_b_swapped="The lists of w and b have changed places.",
    loss_after_step="Your losses are those after each step: the first one belongs to the start.",
    w_updated_first="Within an epoch both slopes belong to the same old (w, b): one was taken half a step later.",
    step_uphill="The loss grows from epoch to epoch although the rate is small: which way does the step go?",
    overflow_raises=OVERFLOW,
)
def check_train(train: Any) -> Iterator[Finding]:
    """train(X, y, learning_rate, n_epochs, w=0.0, b=0.0) is a dict with the lists loss, w and b of the run."""
    rng = generator()
    findings: list[Finding] = []
    for epochs, from_zero in ((6, True), (6, False), (1, False), (9, True)):
        findings += _run_findings(train, rng, epochs, from_zero)
    findings += _arrival(train, rng)
    yield from findings
    if all(finding.ok for finding in findings):
        data, rate = _diverging(rng)
        call = Call(train, data.X, data.y, rate, LONG)
        run = data.descend(rate, LONG)
        yield call["loss"].satisfies(
            lambda losses: _diverges_like(losses, run.loss),
            f"{LONG} losses that grow to inf",
            {"overflow_raises": raised},
            part="overflow",
        )


def _run_findings(train: Any, rng: np.random.Generator, epochs: int, from_zero: bool) -> Iterator[Finding]:
    data = LineData.drawn(rng, int(rng.integers(12, 40)))
    rate = readable(rng.uniform(0.1, 0.4) * data.largest_rate())
    w, b = (0.0, 0.0) if from_zero else (away_from_zero(rng), away_from_zero(rng))
    start: dict[str, float] = {} if from_zero else {"w": w, "b": b}
    call = Call(train, data.X, data.y, rate, epochs, **start)
    form = {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "not_a_dict": _is_sequence,
        "other_keys": _is_dict,
    }
    whole = call.satisfies(
        lambda value: all(key in value for key in ("loss", "w", "b")) and not _is_sequence(call),
        "a dict with the keys loss, w and b",
        form,
    )
    yield whole
    if whole.ok:
        run = data.descend(rate, epochs, w, b)

        @cache
        def slips() -> dict[str, dict[str, Any]]:
            others = {
                "start_ignored": data.descend(rate, epochs),
                "w_updated_first": data.descend(rate, epochs, w, b, w_first=True),
                "step_uphill": data.descend(-rate, epochs, w, b),
            }
            found = _slips(run, others, start)
            found["loss"]["loss_after_step"] = data.descend(rate, epochs, run.w[0], run.b[0]).loss
            return found

        yield from _list_findings(call, run, slips)


def _list_findings(call: Call, run: Run, slips: Callable[[], dict[str, dict[str, Any]]]) -> Iterator[Finding]:
    yield call["loss"].gives(run.loss, lambda: slips()["loss"], atol=ROUNDING, part="loss")
    yield call["w"].gives(run.w, lambda: slips()["w"], atol=ROUNDING, part="parameters")
    yield call["b"].gives(run.b, lambda: slips()["b"], atol=ROUNDING, part="parameters")


def _slips(run: Run, others: dict[str, Run], start: dict[str, float]) -> dict[str, dict[str, Any]]:
    """What each mistake makes of each of the three lists."""
    began = dict(zip(("w", "b"), run.start, strict=True))
    slips: dict[str, dict[str, Any]] = {}
    for key, right in (("loss", run.loss), ("w", run.w), ("b", run.b)):
        slips[key] = {
            "changes_argument": changed,
            "last_value_only": right[-1],
            "returns_inside_loop": lambda call, right=right: len(call.value) == 1 < len(right),
            "kept_between_calls": _ends_with(right),
            "restarts_each_epoch": [right[0]] * len(right),
            "one_epoch_short": lambda call, right=right: len(call.value) == len(right) - 1,
            "one_epoch_long": lambda call, right=right: len(call.value) == len(right) + 1,
            **{label: getattr(other, key) for label, other in others.items()},
        }
        if not start:
            del slips[key]["start_ignored"]
        if key in began:
            slips[key]["stores_before_step"] = [began[key], *right[:-1]]
            slips[key]["w_b_swapped"] = run.b if key == "w" else run.w
    return slips


def _ends_with(right: list[float]) -> Test:
    """More entries than one too many, of which the last ones are right."""

    def test(call: Call) -> bool:
        extra = len(call.value) - len(right)
        return extra > 1 and not difference(list(call.value)[extra:], right, atol=ROUNDING)

    return test


def _is_sequence(call: Call) -> bool:
    return isinstance(call.value, (list, tuple, np.ndarray))


def _is_dict(call: Call) -> bool:
    return isinstance(call.value, dict)


def _arrival(train: Any, rng: np.random.Generator) -> Iterator[Finding]:
    """Given enough epochs, a run ends on the least-squares line."""
    data = LineData.even(rng, 20)
    call = Call(train, data.X, data.y, data.best_rate(), SETTLED)
    for name, best in zip(("w", "b"), data.best(), strict=True):
        yield call[name][-1].gives(float(best), rtol=1e-5, atol=1e-5, part="parameters")


def _diverging(rng: np.random.Generator) -> tuple[LineData, float]:
    """Data and a rate at which w and b, and long before them the loss, pass the largest float well within `LONG`.

    At k times the largest rate they grow by 2 k - 1 in every epoch.
    """
    data = LineData.drawn(rng, 15)
    return data, FAR * data.largest_rate()


def _diverges_like(losses: Any, right: list[float]) -> bool:
    """As many losses, equal as long as they can be compared, and huge, inf or nan at the end."""
    finite = [loss for loss in right if loss < HUGE]
    got = list(losses)
    same = not difference([float(loss) for loss in got[: len(finite)]], finite, rtol=1e-5)
    return same and len(got) == len(right) and not got[-1] < HUGE


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
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
        data, rate = _diverging(rng)
        slow = rate / (8 * FAR)
        call = Call(sweep, data.X, data.y, [rate, slow], LONG)
        run = data.descend(rate, LONG)
        mistakes = {"overflow_raises": raised, "diverging_rate_left_out": lambda call: _left_out(call, rate)}
        yield call.satisfies(
            lambda found: _diverges_like(found[rate], run.loss) and len(found[slow]) == LONG,
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
            "returns_nothing": nothing,
            "changes_argument": changed,
            "not_a_dict": lambda call: _is_sequence(call) and len(call.value) == count,
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
