"""One guarded call, what it found, and how a visible test tells it."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from course.testing.trial import Call, Mismatch, expect


def double(x: Any) -> Any:
    return 2 * x


def test_a_call_keeps_what_came_back_and_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    def speak(x: float) -> float:
        print("x is", x)
        return x

    call = Call(speak, 2.0)
    assert (call.value, call.error, call.printed, call.changed) == (2.0, None, "x is 2.0\n", ())
    assert call.called == "speak(2)"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by zero"), SystemExit(1), RecursionError(), OverflowError("big")]
)
def test_an_exception_is_a_result(error: BaseException) -> None:
    def fail() -> None:
        raise error

    call = Call(fail)
    assert call.error is error
    finding = call.gives(1.0)
    assert not finding.ok and finding.attempted
    assert finding.got.startswith(type(error).__name__)


def test_an_answer_that_is_not_written_is_not_attempted() -> None:
    def blank() -> None:
        raise NotImplementedError()

    assert not Call(blank).gives(1.0).attempted


def test_warnings_and_floating_point_errors_are_no_failure() -> None:
    def noisy() -> float:
        warnings.warn("careful", stacklevel=1)
        return float(np.array([1e300])[0] * np.float64(1e300))

    assert Call(noisy).gives(np.inf).ok


@pytest.mark.parametrize(
    ("argument", "change"),
    [
        (np.zeros(3), lambda x: x.fill(1.0)),
        ([1.0, 2.0], lambda x: x.reverse()),
        ({"loss": [1.0]}, lambda x: x["loss"].append(2.0)),
        ((np.zeros(2),), lambda x: x[0].fill(1.0)),
    ],
)
def test_a_changed_argument_fails_a_right_answer(argument: Any, change: Any) -> None:
    def answer(x: Any) -> float:
        change(x)
        return 1.0

    call = Call(answer, argument)
    assert call.changed == (0,)
    finding = call.gives(1.0, {"changed": lambda call: bool(call.changed)})
    assert not finding.ok and finding.shows == {"changed": True}
    assert "an argument was changed" in finding.got
    assert call.satisfies(True, "anything", may_change=True).ok


def test_an_object_among_the_arguments_is_left_alone() -> None:
    class Stubborn:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError("do not compare me")

        __hash__ = None  # type: ignore[assignment]

    assert Call(lambda items: 1.0, [Stubborn(), None, "text"]).gives(1.0).ok


def test_mistakes_are_values_or_tests_of_the_call() -> None:
    finding = Call(double, 3.0).gives(
        3.0,
        {
            "doubled": 6.0,
            "halved": 1.5,
            "large": lambda call: call.value > 5,
            "broken": lambda call: call.value["w"],
        },
    )
    assert finding.shows == {"doubled": True, "halved": False, "large": True, "broken": False}


def test_a_right_answer_shows_no_mistake() -> None:
    assert Call(double, 3.0).gives(6.0, {"doubled": 6.0}).shows == {}


def test_mistakes_are_worked_out_only_where_the_trial_failed() -> None:
    asked = []

    def mistakes() -> dict[str, Any]:
        asked.append("mistakes")
        return {"half": 1.0}

    assert Call(lambda: 2.0).gives(2.0, mistakes).ok
    assert not asked
    assert Call(lambda: 1.0).gives(2.0, mistakes).shows == {"half": True}


def test_an_item_of_the_result_is_judged_like_the_whole() -> None:
    call = Call(lambda: {"loss": [4.0, 1.0], "w": (1.0,)})
    assert call["loss"].gives([4.0, 1.0]).ok
    assert call["loss"][-1].gives(1.0).ok
    missing = call["b"].gives(0.0)
    assert not missing.ok and missing.got == "KeyError: 'b'"
    assert missing.called.endswith("['b']")
    assert not Call(lambda: None)[0].gives(0.0).ok


def test_an_item_of_a_call_that_failed_keeps_its_error() -> None:
    call = Call(lambda: 1 / 0)
    assert isinstance(call["loss"].error, ZeroDivisionError)


def test_a_condition_that_raises_does_not_hold() -> None:
    assert not Call(double, 1.0).satisfies(lambda value: value["x"], "a dict").ok
    assert Call(double, 1.0).satisfies(lambda value: value > 1, "more than 1").ok


def test_an_exception_can_be_what_is_asked() -> None:
    def picky(x: float) -> float:
        if x < 0:
            raise ValueError("x is negative")
        return x

    assert Call(picky, -1.0).raises(ValueError).ok
    finding = Call(picky, 1.0).raises(ValueError, {"accepted": 1.0})
    assert not finding.ok and finding.shows == {"accepted": True}
    assert finding.expected == "a ValueError"


def test_a_function_without_a_name_can_be_called() -> None:
    class Nameless:
        def __call__(self, x: float) -> float:
            return x

    assert Call(Nameless(), 1.0).called == "the function(1)"
    assert isinstance(Call(5, 1.0).error, TypeError)  # type: ignore[arg-type]


def test_expect_prints_a_line_that_passes(capsys: pytest.CaptureFixture[str]) -> None:
    expect(double, 2.0).gives(4.0)
    expect(double, 2.0).satisfies(lambda value: value > 3, "more than 3")
    assert capsys.readouterr().out == "✓ double(2) gives 4\n✓ double(2) gives more than 3\n"


def test_expect_says_what_was_called_returned_expected_and_recognised() -> None:
    with pytest.raises(Mismatch) as caught:
        expect(double, 2.0).gives(2.0, {"You doubled.": 4.0, "You halved.": 1.0})
    assert str(caught.value).split("\n") == ["double(2)", "  returned  4", "  expected  2", "  → You doubled."]
    assert caught.value._render_traceback_()[0] == "✗ double(2)"


def test_expect_says_what_was_raised_and_what_is_not_written_yet() -> None:
    with pytest.raises(Mismatch, match="raised  TypeError"):
        expect(double).gives(1.0)
    with pytest.raises(Mismatch, match="returned  4"):
        expect(double, 2.0).raises(ValueError)

    def blank() -> None:
        raise NotImplementedError()

    with pytest.raises(Mismatch, match="blank is not written yet"):
        expect(blank).gives(1.0)
