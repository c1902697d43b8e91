"""The gap: shown only after the lock, the same in text and in HTML, and right or not by a stated rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import course
from course.mime_types import MIME
from course.predictions import predict
from course.predictions import reveal as gap_module
from course.predictions.comparison import measure, number_distance
from course.predictions.curve_comparison import curve_gap, distances
from course.predictions.question import Choice, Curve, Number, Shape
from course.predictions.reveal import reveal
from course.predictions.session import current

OPTIONS = {"a": "up", "b": "down"}
LOSS = Curve("c", "Loss?", x=(0, 100), y=(0, 25))


@pytest.fixture(autouse=True)
def begun(tmp_path: Path) -> None:
    course.begin("01-first-descent", tmp_path)


def test_before_the_lock_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    predict.number("n", "How many?")
    capsys.readouterr()
    reveal("n", 123.4, notes="Because.", draw=lambda: pytest.fail("drawn before the lock"))
    printed = capsys.readouterr().out
    assert "123" not in printed and "Because" not in printed
    assert "lock in your prediction 'n' above first" in printed and 'predict.skip("n")' in printed
    assert current().store.right("n") is None


def test_after_skipping_the_answer_stands_alone_and_a_late_lock_is_marked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    predict.number("n", "How many?", unit="steps")
    predict.skip("n")
    reveal("n", 12)
    printed = capsys.readouterr().out
    assert "Shown without a prediction ('n'):\n  it is 12 steps\n" in printed
    predict.lock("n", 6)
    reveal("n", 12)
    assert "Locked in late" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "truth", "within", "right"),
    [
        (22, 22.163, 0.1, True),
        (25, 22.163, 0.1, False),
        (25, 22.163, 0.2, True),
        (0, 0, 0.1, True),
        (1e-9, 0, 0.1, False),
    ],
)
def test_a_number_is_right_within_a_share_of_the_truth(
    value: float, truth: float, within: float, right: bool
) -> None:
    assert measure(Number("n", "?"), value, truth, {}, within).right is right


@pytest.mark.parametrize(
    ("own", "true", "words"),
    [
        (22.0, 20.0, "2 too high (10 %)"),
        (18.0, 20.0, "2 too low (10 %)"),
        (20.0, 20.0, "exactly right"),
        (100.0, 20.0, "80 too high (5 times it)"),
        (-20.0, 20.0, "40 too low"),
        (1.0, 0.0, "1 too high"),
        (5.0, float("inf"), "no finite gap"),
    ],
)
def test_the_distance_of_a_number_is_said_in_words(own: float, true: float, words: str) -> None:
    assert words in number_distance(own, true)


def test_several_numbers_are_compared_one_by_one() -> None:
    question = Number("wb", "w and b?", fields=["w", "b"])
    found = measure(question, [1.4, 2.0], (1.4206, 1.7024), {})
    assert not found.right
    assert found.lines == [
        "  w: you said 1.4; it is 1.421; 0.0206 too low (1.5 %)",
        "  b: you said 2; it is 1.702; 0.298 too high (17 %)",
    ]


def test_a_choice_says_why_each_option_tempts() -> None:
    found = measure(Choice("q", "Which?", OPTIONS), "a", "b", {"a": "It tempts.", "b": "It is so."})
    assert not found.right
    assert found.lines == ["  a) up <- your choice: It tempts.", "  b) down <- what happens: It is so."]
    assert measure(Choice("q", "Which?", OPTIONS), "b", "b", {}).right


def test_rows_are_compared_one_by_one_and_counted() -> None:
    question = Choice("q", "Which?", OPTIONS, [0.1, 0.5])
    found = measure(question, {"0.1": "a", "0.5": "a"}, {0.1: "a", 0.5: "b"}, {})
    assert not found.right and "  1 of 2 as predicted." in found.lines
    assert measure(question, {"0.1": "a", "0.5": "b"}, {0.1: "a", 0.5: "b"}, {}).right


def test_shapes_are_compared_exactly() -> None:
    assert measure(Shape("s", "?"), [3, 1], (3, 1), {}).right
    found = measure(Shape("s", "?", ["X", "y"]), [[3, 1], [3]], [(3, 1), (3, 1)], {})
    assert not found.right and found.lines[1] == "  y: you said (3,); it is (3, 1). differs"


def test_the_distance_of_a_curve_is_its_mean_absolute_gap() -> None:
    found = curve_gap(LOSS, [10, 10], np.full(50, 12.0), 0.1)
    assert found.right and "misses the true one by 2 in loss on average" in found.lines[0]
    x, distance = distances(LOSS, [0, 20], np.linspace(0, 10, 100))
    assert np.allclose(distance, x / 10)


def test_a_curve_says_where_it_misses_most() -> None:
    found = curve_gap(LOSS, [20, 20, 20], [20, 20, 5], 0.1)
    assert not found.right and "most at epoch 100, where yours is 15 above" in found.lines[0]


def test_on_a_log_axis_the_gap_is_a_factor() -> None:
    question = Curve("c", "Error?", x=(1e-15, 1e-1), y=(1e-12, 1), log_x=True, log_y=True, ylabel="error")
    found = curve_gap(question, [1e-3, 1e-3], [1e-5, 1e-5], 0.1)
    assert "by a factor of 100 in error on average" in found.lines[0] and not found.right


@pytest.mark.parametrize("truth", [[20, np.inf, np.nan], [20, 1e9, -1e9], np.full(5, np.inf)])
def test_a_truth_that_leaves_the_axis_is_compared_at_its_end(truth: Any) -> None:
    found = curve_gap(LOSS, [20, 25], truth, 0.1)
    assert "leaves the axis" in found.lines[0] and "nan" not in found.lines[0] and "inf" not in found.lines[0]
    figure, alt = found.pictures[0]()
    assert figure.axes[0].get_ylim() == (0, 25) and alt


def test_the_overlay_is_labelled_and_not_told_apart_by_colour_alone() -> None:
    figure, alt = curve_gap(LOSS, [22, 8, 4], 22 * np.exp(-np.arange(100) / 12), 0.1).pictures[0]()
    axes = figure.axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "loss")
    assert [line.get_linestyle() for line in axes.get_lines()] == ["-", "--"]
    assert {text.get_text() for text in axes.get_legend().get_texts()} == {
        "what happened",
        "your prediction",
        "gap",
    }
    assert "your sketch dashed" in alt and "on average" in alt


@pytest.mark.parametrize("right", [True, False])
def test_the_gap_carries_the_record_escapes_and_never_scolds(right: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(gap_module, "show_bundle", lambda bundle, *_: shown.append(bundle))
    predict.choice("q", "Is 1 < 2?", {"a": "<b>yes</b>", "b": "no"})
    predict.lock("q", "a" if right else "b", 90)
    reveal("q", "a", notes="As <i>always</i>.")
    (bundle,) = shown
    assert bundle[MIME]["name"] == "q" and current().store.right("q") is right
    assert (
        "<b>" not in bundle["text/html"] and "<i>" not in bundle["text/html"] and "1 &lt; 2" in bundle["text/html"]
    )
    assert not {"wrong", "mistake", "error", "incorrect"} & set(bundle["text/plain"].lower().split())
    assert bundle["text/plain"].startswith("It went as" if right else "Your prediction and what happened")


def test_a_figure_of_the_lesson_follows_the_gap(capsys: pytest.CaptureFixture[str]) -> None:
    from matplotlib.figure import Figure

    predict.number("n", "How many?")
    predict.lock("n", 1)
    reveal("n", 1, draw=lambda: (Figure(), "a picture of one"))
    assert "a picture of one" in capsys.readouterr().out


def test_the_plain_text_is_the_same_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        course.begin("01-first-descent", tmp_path / place)
        predict.curve("c", "Loss?")
        predict.lock("c", [22, 8, 4])
        reveal("c", [22, 8, 2])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] and "UTC" not in said[0]
