"""Checks, verdicts, diagnoses and partial credit."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checking.check import Call, Check, Finding, Incorrect, check, clock, clocked, generator
from autograder.records.verdict import Outcome, Verdict


@check(twice="You counted everything twice.", negative="Your result has the wrong sign.")
def check_total(total: Callable[..., Any]) -> Iterator[Finding]:
    """total(x) is the sum of x."""
    rng = generator()
    for n in (1, 5):
        x = rng.normal(size=n)
        right = float(x.sum())
        yield Call(total, x).gives(right, {"twice": 2 * right, "negative": -right})


@check(product_wrong="The product is wrong.")
def check_pair(pair: Callable[..., Any]) -> Iterator[Finding]:
    """pair(x, y) is (x + y, x * y)."""
    call = Call(pair, 3.0, 4.0)
    yield call[0].gives(7.0, part="sum")
    yield call[1].gives(12.0, {"product_wrong": lambda call: True}, part="product")


def test_a_check_knows_its_key_names_and_question() -> None:
    assert (check_total.key, check_total.parameters) == ("total", ("total",))
    assert check_total.task == "total(x) is the sum of x."
    assert list(check_total.misconceptions) == ["twice", "negative"]


def test_a_right_answer_gets_its_points_as_a_plain_float() -> None:
    points = check_total(lambda x: x.sum(), points=3)
    assert type(points) is float and points == 3.0
    verdict = check_total.verdict(lambda x: x.sum())
    assert verdict == Verdict("total", Outcome.CORRECT, 1.0)


def test_a_wrong_answer_raises_with_the_diagnosis_and_without_the_code() -> None:
    with pytest.raises(Incorrect) as caught:
        check_total(lambda x: 2 * x.sum())
    message = caught.value._render_traceback_()
    assert message[0] == "You counted everything twice."
    assert [line.split()[0] for line in message[1:]] == ["called", "returned", "expected"]


def test_a_wrong_answer_without_diagnosis_gets_the_question() -> None:
    verdict = check_total.verdict(lambda x: 17.0)
    assert (verdict.outcome, verdict.misconception, verdict.message) == (Outcome.INCORRECT, "", check_total.task)


def test_a_label_has_to_explain_every_failure() -> None:
    calls = iter((2, -1))
    verdict = check_total.verdict(lambda x: next(calls) * x.sum())
    assert verdict.misconception == ""


def test_parts_share_the_points_and_say_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    half = check_pair(lambda x, y: (x + y, 0.0), points=5)
    assert type(half) is float and half == 2.5
    assert "The product is wrong." in capsys.readouterr().out
    assert check_pair.verdict(lambda x, y: (x + y, 0.0)).outcome is Outcome.PARTIAL
    with pytest.raises(Incorrect):
        check_pair(lambda x, y: (0.0, 0.0))


def test_what_is_not_written_is_not_attempted() -> None:
    def blank(*_: Any) -> None:
        raise NotImplementedError()

    verdict = check_total.verdict(blank)
    assert (verdict.outcome, verdict.fraction, verdict.misconception) == (Outcome.NOT_ATTEMPTED, 0.0, "")
    assert check_pair.verdict(blank).outcome is Outcome.NOT_ATTEMPTED


def finding(ok: bool, part: str = "") -> Finding:
    return Finding(ok, "f()", "1", "2", part=part)


def judged(*findings: Finding) -> Verdict:
    def check_made(f: Any) -> Iterator[Finding]:
        """f() is 2."""
        yield from findings

    return Check(check_made, (), {}).verdict(None)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=8))
def test_a_fraction_is_the_share_of_parts_in_which_nothing_failed(found: list[tuple[bool, str]]) -> None:
    verdict = judged(*(finding(*one) for one in found))
    assert 0.0 <= verdict.fraction <= 1.0 and type(verdict.fraction) is float
    assert (verdict.fraction == 1.0) == all(ok for ok, _ in found)
    assert (verdict.outcome is Outcome.CORRECT) == (verdict.fraction == 1.0)
    if any(not ok and not part for ok, part in found):
        assert verdict.fraction == 0.0
    parts = {part for _, part in found if part}
    failed = {part for ok, part in found if not ok}
    if "" not in failed and parts:
        assert verdict.fraction == (len(parts) - len(failed)) / len(parts)


def test_a_check_that_tries_nothing_or_names_an_unknown_mistake_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="tried nothing"):
        judged()
    with pytest.raises(ValueError, match="not among its misconceptions"):
        judged(Finding(False, "f()", "1", "2", shows={"unheard_of": True}))


def test_inputs_are_fresh_unless_a_seed_is_given() -> None:
    drawn: list[float] = []

    def total(x: np.ndarray) -> float:
        drawn.append(float(x[0]))
        return float(x.sum())

    for seed in (None, None, 1, 1, 2):
        check_total.verdict(total, seed=seed)
    first = drawn[::2]
    assert len({*first}) == 4 and first[2] == first[3]


def test_the_seed_of_one_judging_does_not_reach_the_next() -> None:
    check_total.verdict(lambda x: x.sum(), seed=1)
    assert generator().random() != generator().random()


def test_a_verdict_is_plain_data() -> None:
    verdict = check_total.verdict(lambda x: 2 * x.sum())
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    assert json.loads(json.dumps(verdict.__dict__))["outcome"] == "incorrect"


def test_a_value_that_overflows_in_the_check_itself_is_no_error_of_ours() -> None:
    @check(squared="Your result is the square.")
    def check_root(root: Any) -> Iterator[Finding]:
        """root(x) is the square root of x."""
        call = Call(root, 4.0)
        yield call.gives(2.0, {"squared": lambda call: np.float64(call.value) ** 2 > 255})

    assert check_root.verdict(lambda x: 1e300).misconception == "squared"


def test_time_is_of_the_day_or_what_the_judge_counts() -> None:
    before = clock()
    with clocked(lambda: -1.0):
        assert clock() == -1.0
    assert clock() >= before


@check("changes_argument")
def check_level(level: Callable[..., Any]) -> Iterator[Finding]:
    """level(x) is the mean of x."""
    x = generator().normal(1.0, size=7)
    yield Call(level, x).gives(float(x.mean()))


def _total(x: Any) -> Any:
    return _sum(x) + 0.0


def _sum(x: Any) -> Any:
    return sum(item for item in map(_same, x))


def _same(item: Any) -> Any:
    return item


@check_level.misconception
def not_divided(x):  # type: ignore[no-untyped-def]
    """That is the sum, and the mean is asked."""
    return _total(x)


@check_level.another(not_divided)
def half_the_sum(x):  # type: ignore[no-untyped-def]
    return _total(x) / 2


@check_level.another("changes_argument")
def divides_in_place(x):  # type: ignore[no-untyped-def]
    x /= len(x)
    return x.sum()


def test_one_misconception_is_recognised_however_it_is_made() -> None:
    for wrong in (not_divided, half_the_sum):
        assert check_level.verdict(wrong).misconception == "not_divided"
    assert check_level.verdict(divides_in_place).misconception == "changes_argument"
    assert check_level.verdict(lambda x: x.sum() / 3).misconception == ""


def test_a_written_answer_brings_the_helpers_that_it_calls_and_has_the_name_of_the_exercise() -> None:
    written = check_level.written_answers()
    assert list(written) == ["not_divided", "not_divided.half_the_sum", "changes_argument"]
    for name, source in written.items():
        names: dict[str, Any] = {}
        exec(source, names)
        assert check_level.verdict(names["level"]).misconception == name.partition(".")[0]
    assert "def _" not in written["changes_argument"]


def test_another_answer_needs_a_misconception_that_is_there() -> None:
    with pytest.raises(ValueError, match="check_level has no misconception returns_nothing"):
        check_level.another("returns_nothing")
