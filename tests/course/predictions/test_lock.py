"""The grader's side: what counts as a prediction that was locked in time, whatever a notebook holds."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.mime_types import MIME
from course.predictions.lock import LockedPrediction, assess, embed_record, read_record
from course.predictions.question import Choice, Curve, Number, Shape, question_from_call

LESSON = "01-first-descent"
QUESTIONS = {
    "choice": (Choice("q", "Which?", {"a": "up", "b": "down"}), "b"),
    "rows": (Choice("q", "Which?", {"a": "up", "b": "down"}, [0.1, "x"]), {"0.1": "a", "x": "b"}),
    "number": (Number("q", "How many?", "epochs", 0, 100), 22.0),
    "numbers": (Number("q", "w and b?", fields=["w", "b"]), [1.5, -2.0]),
    "shape": (Shape("q", "Shape?"), (3, 1)),
    "shapes": (Shape("q", "Shapes?", ["X", "y"]), [(3, 1), ()]),
    "curve": (Curve("q", "Loss?"), [22, 8, 4, 2.5, 2]),
}


def outputs(record: LockedPrediction) -> list[object]:
    return embed_record({"cell_type": "code"}, record)["outputs"]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_record_earns_and_survives_a_javascript_round_trip(kind: str) -> None:
    question, value = QUESTIONS[kind]
    record = LockedPrediction.lock(LESSON, question, value, 80)
    text = json.dumps(outputs(record)).replace(".0,", ",").replace(".0]", "]").replace(".0}", "}")
    standing = assess(json.loads(text), LESSON, question)
    assert standing.earns, standing.reason
    assert standing.record is not None and standing.record.intact
    assert read_record({"outputs": json.loads(text)}) == standing.record


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": 23.0}, "changed after"),
        ({"confidence": 100}, "changed after"),
        ({"time": "2020-01-01T00:00:00Z"}, "changed after"),
        ({"late": True}, "changed after"),
    ],
)
def test_a_casual_edit_is_seen(change: dict[str, object], words: str) -> None:
    question, value = QUESTIONS["number"]
    standing = assess(
        outputs(replace(LockedPrediction.lock(LESSON, question, value, 80), **change)), LESSON, question
    )
    assert not standing.earns and words in standing.reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": 1000.0}, "1000 is outside the range from 0 to 100"),
        ({"value": "many"}, "not a number"),
        ({"value": "5"}, "not the kind"),
        ({"value": {"a": "b"}}, "not a number"),
        ({"late": True}, "after the answer was shown"),
        ({"lesson": "02-bias-column"}, "elsewhere"),
        ({"name": "other"}, "elsewhere"),
        ({"kind": "curve"}, "elsewhere"),
    ],
)
def test_a_record_that_was_sealed_with_wrong_content_does_not_earn(change: dict[str, object], words: str) -> None:
    question, value = QUESTIONS["number"]
    record = replace(LockedPrediction.lock(LESSON, question, value, 80), **change).sealed()
    standing = assess(outputs(record), LESSON, question)
    assert not standing.earns and words in standing.reason


def test_without_a_record_the_reason_says_so() -> None:
    question, _ = QUESTIONS["number"]
    assert assess([], LESSON, question).reason == "No prediction was locked in."
    assert "cannot be read" in assess([{"data": {MIME: 5}}], LESSON, question).reason


def test_a_record_in_a_later_cell_still_earns() -> None:
    question, value = QUESTIONS["number"]
    good = outputs(LockedPrediction.lock(LESSON, question, value, 80))
    assert assess([{"data": {MIME: "spoilt"}}, *good], LESSON, question).earns


def test_json_as_text_is_read_too() -> None:
    question, value = QUESTIONS["curve"]
    text = json.dumps(LockedPrediction.lock(LESSON, question, value, 80).payload())
    for payload in (text, text.splitlines(keepends=True)):
        assert assess([{"data": {MIME: payload}}], LESSON, question).earns


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    garbage=GARBAGE,
    field=st.sampled_from(["format", "value", "confidence", "time", "late", "kind", "digest", "name"]),
)
def test_garbage_never_raises_and_never_earns(garbage: object, field: str) -> None:
    question, value = QUESTIONS["numbers"]
    payload = {**LockedPrediction.lock(LESSON, question, value, 80).payload(), field: garbage}
    for cell in (
        garbage,
        {"outputs": garbage},
        {"outputs": [garbage, {"data": garbage}, {"data": {MIME: garbage}}]},
    ):
        read_record(cell)
    assert not assess([garbage, {"data": garbage}, {"data": {MIME: garbage}}], LESSON, question).earns
    standing = assess([{"data": {MIME: payload}}], LESSON, question)
    assert (
        not standing.earns or payload[field] == LockedPrediction.lock(LESSON, question, value, 80).payload()[field]
    )


@pytest.mark.parametrize(
    "value", ["[" * 5000 + "]" * 5000, [0.0] * 5000, 10**4000, float("nan"), [[[[1]]]], {"a": 1e999}]
)
def test_oversized_values_are_no_records(value: object) -> None:
    question, good = QUESTIONS["curve"]
    payload = {**LockedPrediction.lock(LESSON, question, good, 80).payload(), "value": value}
    assert (
        LockedPrediction.parse(payload) is None or not assess([{"data": {MIME: payload}}], LESSON, question).earns
    )
    assert LockedPrediction.parse("[" * 15000) is None


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("choice", "c", "'c' is not one of the options a, b"),
        ("choice", None, "Nothing is chosen yet"),
        ("choice", ["a"], "not one of the options"),
        ("rows", {"0.1": "a"}, "Nothing is chosen yet for x"),
        ("rows", {"0.1": "a", "x": "b", "z": "a"}, "'z' is not one of the rows"),
        ("rows", "a", "not a choice for each row"),
        ("number", 101, "101 is outside the range from 0 to 100"),
        ("number", "", "Nothing is entered yet"),
        ("number", "two", "'two' is not a number"),
        ("number", True, "True is not a number"),
        ("number", float("nan"), "not a finite number"),
        ("number", 10**400, "is not a number"),
        ("numbers", [1], "one value for each of w, b"),
        ("numbers", [1, "x"], "'x' for b is not a number"),
        ("shape", "three", "'three' is not a shape"),
        ("shape", (3, -1), "not a shape"),
        ("shape", (3, 1.5), "not a shape"),
        ("shape", " ", "Nothing is entered yet"),
        ("shapes", [(3, 1)], "one value for each of X, y"),
        ("curve", [5], "2 to 200 values"),
        ("curve", [5, 26], "26 is outside the range from 0 to 25"),
        ("curve", "5 x", "'x' is not a number"),
        ("curve", 7, "2 to 200 values"),
    ],
)
def test_a_refusal_names_the_value(kind: str, value: object, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        QUESTIONS[kind][0].read(value)
    assert words in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize("confidence", [49, 101, 0.8, True, "80", None, float("nan"), float("inf")])
def test_a_confidence_outside_the_range_is_refused(confidence: object) -> None:
    question, value = QUESTIONS["number"]
    with pytest.raises(ValueError, match=r"confidence is .* from 50 to 100"):
        LockedPrediction.lock(LESSON, question, value, confidence)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("number", "12,5", 12.5),
        ("number", " 12.5 ", 12.5),
        ("number", np.float64(12.5), 12.5),
        ("numbers", {"b": 2, "w": 1}, [1.0, 2.0]),
        ("numbers", np.array([1, 2]), [1.0, 2.0]),
        ("shape", "(3, 1)", [3, 1]),
        ("shape", "3 x 1", [3, 1]),
        ("shape", "5,", [5]),
        ("shape", 5, [5]),
        ("shape", "()", []),
        ("curve", "22, 8 4;2", [22.0, 8.0, 4.0, 2.0]),
        ("curve", np.array([3.0, 2.0]), [3.0, 2.0]),
        ("rows", {0.1: "a", "x": "b"}, {"0.1": "a", "x": "b"}),
    ],
)
def test_what_is_meant_is_read(kind: str, value: object, stored: object) -> None:
    question = QUESTIONS[kind][0]
    assert question.read(value) == stored
    assert question.read(question.read(value)) == stored


def test_a_question_is_read_from_the_source_of_its_cell() -> None:
    source = 'predict.number(\n    "first_loss",\n    "How high is the loss?",\n    unit="", low=0, high=1e3,\n)'
    assert question_from_call(source) == Number("first_loss", "How high is the loss?", "", 0, 1e3)
    with pytest.raises(ValueError, match="this one has 0"):
        question_from_call("x = 1")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Number("two words", "How?"), "name is 'two words'"),
        (lambda: Number("n", " "), "question of n"),
        (lambda: Choice("n", "Which?", {"a": "only"}), "options of n"),
        (lambda: Curve("n", "How?", x=(5, 5)), "x of n"),
        (lambda: Curve("n", "How?", y=(0, 5), log_y=True), "y of n"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        make()  # type: ignore[operator]
    assert words in str(refusal.value)


def test_a_curve_is_linear_on_its_own_axes() -> None:
    question = Curve("c", "?", x=(1, 100), y=(1e-4, 1), log_x=True, log_y=True)
    assert np.allclose(question.at([1, 1e-4], np.array([1, 10, 100])), [1, 1e-2, 1e-4])


@pytest.mark.parametrize(
    "modules",
    [
        "course",
        "course.predictions.question, course.predictions.lock, course.predictions.comparison",
        "course.testing.trial",
    ],
)
def test_what_the_grader_shares_loads_no_front_end(modules: str) -> None:
    heavy = {"IPython", "ipywidgets", "bqplot", "matplotlib"}
    program = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
