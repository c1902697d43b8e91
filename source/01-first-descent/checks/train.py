"""The check of `train`: whole runs of gradient descent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, Test, check, generator
from autograder.checking.mistakes import OVERFLOW, away_from_zero, raised, readable
from course.testing.value import difference

from .line_data import LineData, Run
from .runs import LONG, ROUNDING, SETTLED, diverges_like, diverging, is_sequence


@check(
    "returns_nothing",
    "changes_argument",
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
        data, rate = diverging(rng)
        call = Call(train, data.X, data.y, rate, LONG)
        run = data.descend(rate, LONG)
        yield call["loss"].satisfies(
            lambda losses: diverges_like(losses, run.loss),
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
        "not_a_dict": is_sequence,
        "other_keys": _is_dict,
    }
    whole = call.satisfies(
        lambda value: all(key in value for key in ("loss", "w", "b")) and not is_sequence(call),
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


def _is_dict(call: Call) -> bool:
    return isinstance(call.value, dict)


def _arrival(train: Any, rng: np.random.Generator) -> Iterator[Finding]:
    """Given enough epochs, a run ends on the least-squares line."""
    data = LineData.even(rng, 20)
    call = Call(train, data.X, data.y, data.best_rate(), SETTLED)
    for name, best in zip(("w", "b"), data.best(), strict=True):
        yield call[name][-1].gives(float(best), rtol=1e-5, atol=1e-5, part="parameters")
