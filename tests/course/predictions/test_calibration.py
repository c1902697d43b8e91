"""Calibration: what is counted, in which band, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import course
from course.predictions import predict
from course.predictions.calibration import Tally, _figure, calibration, tally
from course.predictions.reveal import reveal
from course.predictions.session import current


@pytest.fixture(autouse=True)
def begun(tmp_path: Path) -> Path:
    course.begin("01-first-descent", tmp_path)
    return tmp_path


def commit(name: str, right: bool, confidence: int) -> None:
    predict.choice(name, "Which?", {"a": "up", "b": "down"})
    predict.lock(name, "a" if right else "b", confidence)
    reveal(name, "a")


def test_what_is_counted_and_what_is_missing(begun: Path) -> None:
    commit("one", True, 90)
    commit("two", False, 55)
    predict.choice("open", "Which?", {"a": "up", "b": "down"})
    predict.choice("waiting", "Which?", {"a": "up", "b": "down"})
    predict.lock("waiting", "a")
    predict.choice("late", "Which?", {"a": "up", "b": "down"})
    predict.skip("late")
    predict.lock("late", "a")
    reveal("late", "a")
    expected = Tally(((90, True), (55, False)), ("open",), ("waiting",), ("late",))
    assert tally(current()) == expected
    course.begin("01-first-descent", begun)  # a new kernel: what the working copy knows is still counted
    assert tally(current()) == Tally(expected.counted, (), ("waiting",), ("late",))


@pytest.mark.parametrize(
    ("confidence", "band"), [(50, (50, 59)), (59, (50, 59)), (60, (60, 69)), (90, (90, 100)), (100, (90, 100))]
)
def test_each_confidence_has_one_band(confidence: int, band: tuple[int, int]) -> None:
    assert Tally(((confidence, True),), (), (), ()).band(*band) == (1, 1)


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((), "No prediction has been locked in and revealed yet."),
        (((90, False),) * 2, "90 % sure, and 0 % came true; 2 predictions are too few"),
        (((90, True),), "1 prediction is too few"),
        (((90, False),) * 5, "surer than the outcomes warrant"),
        (((60, True),) * 5, "more than you gave yourself credit for"),
        (((80, True),) * 4 + ((80, False),), "your confidence matches what you know"),
    ],
)
def test_one_sentence_says_how_well_confidence_matches_success(
    counted: tuple[tuple[int, bool], ...], words: str
) -> None:
    assert words in Tally(counted, (), (), ()).sentence()


def test_the_summary_in_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    commit("one", True, 90)
    commit("two", False, 90)
    predict.choice("open", "Which?", {"a": "up", "b": "down"})
    capsys.readouterr()
    calibration()
    printed = capsys.readouterr().out
    assert "  90-100 %: 1 of 2 came true\n" in printed and "  Not locked in: open.\n" in printed
    assert "Figure: Share that came true over confidence" in printed and "1 of 2 at 90 to 100 %" in printed


def test_without_any_prediction_there_is_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    calibration()
    printed = capsys.readouterr().out
    assert "No prediction has been locked in and revealed yet." in printed and "Figure" not in printed


def test_the_figure_shows_each_band_and_the_diagonal() -> None:
    figure, _ = _figure(Tally(((90, True), (90, False), (60, True)), (), (), ()))
    axes = figure.axes[0]
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.get_lines()[1:]]
    assert points == [(60, 100), (90, 50)]
    assert "sure" in axes.get_xlabel() and "came true" in axes.get_ylabel()
