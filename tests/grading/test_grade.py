"""The sixteen probes: what happens to notebooks in the wild costs the marks that it must, and no more."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace

import pytest

from autograder.authoring.answer_files import submitted_notebook
from autograder.grading import grade as grading
from autograder.grading.grade import grade
from autograder.grading.judge import Judgement, Limits
from autograder.grading.submission import parse_submission
from autograder.lesson.model import Lesson
from autograder.records.record import Record
from autograder.records.verdict import Outcome, Verdict
from course.predictions.lock import embed_record, read_record
from tests.support.submissions import RIGHT, cell

LIMITS = Limits(processor=2.0, wall=8.0, figures="none")
WRONG = {"total": "def total(values):\n    return 3.0", "mean": "def mean(values):\n    return 3.0"}
PREDICTED = {"sum_sign": ("b", 80), "mean_of_five": (1.0, 80), "walk": ([0, 0], 80)}
FULL = {"total": 10, "mean": 10, "plot_values": 5}


def graded(lesson: Lesson, notebook: dict) -> Record:
    submission = parse_submission(json.dumps(notebook).encode(), lesson, "ada", "ada.ipynb")
    return grade(submission, lesson, LIMITS, seed=7)


def points(record: Record) -> dict[str, float | None]:
    return {
        mark.cell.removeprefix("test_"): mark.points for mark in record.grades if mark.cell.startswith("test_")
    }


@pytest.fixture
def right(mini_lesson) -> dict:
    return submitted_notebook(mini_lesson, RIGHT, predictions=PREDICTED)


def test_correct(mini_lesson, right):
    record = graded(mini_lesson, right)
    assert points(record) == FULL
    assert record.score == 31 and record.waiting == 9 and record.problem == ""


def test_wrong_with_true_partial_credit(mini_lesson):
    half = submitted_notebook(
        mini_lesson, WRONG | {"mean": "def mean(values):\n    return total(values) / len(values)"}
    )
    assert points(graded(mini_lesson, half)) == {"total": 0, "mean": 5.0, "plot_values": 0}


def test_wrong_all(mini_lesson):
    record = graded(mini_lesson, submitted_notebook(mini_lesson, WRONG))
    assert points(record) == {"total": 0, "mean": 0, "plot_values": 0}


BEFORE = {
    "one warning": "import warnings, sys\nwarnings.warn('beware')\nprint('x', file=sys.stderr)",
    "numpy patched": "np.allclose = np.isclose = lambda *a, **k: True\nnp.testing.assert_allclose = print",
    "abs patched": "import builtins\nbuiltins.abs = lambda x: -1.0",
    "transformer": (
        "try:\n    get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])\nexcept Exception: pass"
    ),
    "a diverging run": "w = 1.0\nfor _ in range(5000):\n    w = np.float64(w) * -3.0\nprint(w * w)",
    "200,000 lines": "for number in range(200_000):\n    print(number)",
}


@pytest.mark.parametrize("what", BEFORE)
def test_right_answers_stay_right_whatever_stands_beside_them(mini_lesson, right, what):
    cell(right, "total")["source"] = BEFORE[what] + "\n" + RIGHT["total"]
    assert points(graded(mini_lesson, right)) == FULL


@pytest.mark.parametrize("what", BEFORE)
def test_wrong_answers_stay_wrong_whatever_stands_beside_them(mini_lesson, what):
    notebook = submitted_notebook(
        mini_lesson, {key: BEFORE[what] + "\n" + source for key, source in WRONG.items()}
    )
    assert points(graded(mini_lesson, notebook)) == {"total": 0, "mean": 0, "plot_values": 0}


def test_an_exit_costs_its_own_exercise(mini_lesson, right):
    cell(right, "plot_values")["source"] += "\nimport os\nos._exit(1)"
    record = graded(mini_lesson, right)
    assert points(record) == FULL | {"plot_values": 0}
    assert record.verdict("plot_values").outcome is Outcome.OUT_OF_LIMITS


def test_an_exit_in_a_cell_of_their_own_costs_nothing(mini_lesson, right):
    right["cells"].append({"cell_type": "code", "id": "end", "metadata": {}, "source": "import os\nos._exit(1)"})
    assert points(graded(mini_lesson, right)) == FULL


@pytest.mark.parametrize("identity", ["test_total", "test_plot_values"])
def test_a_deleted_test_cell(mini_lesson, right, identity):
    right["cells"].remove(cell(right, identity))
    assert points(graded(mini_lesson, right)) == FULL


def test_a_duplicated_test_cell(mini_lesson, right):
    right["cells"].append(copy.deepcopy(cell(right, "test_total")))
    assert points(graded(mini_lesson, right)) == FULL


def test_a_duplicated_answer_cell(mini_lesson, right):
    right["cells"].append(copy.deepcopy(cell(right, "total")))
    record = graded(mini_lesson, right)
    assert points(record) == FULL and record.notes


def test_stripped_metadata(mini_lesson, right):
    for each in right["cells"]:
        each["metadata"] = {}
        del each["id"]
    record = graded(mini_lesson, right)
    assert points(record) == FULL and record.notes


def test_a_test_cell_turned_to_markdown(mini_lesson, right):
    cell(right, "test_mean")["cell_type"] = "markdown"
    assert points(graded(mini_lesson, right)) == FULL


def test_input_is_no_trap(mini_lesson, right):
    cell(right, "total")["source"] = (
        RIGHT["total"] + "\ntry:\n    input('name? ')\nexcept Exception as e: print(e)"
    )
    assert points(graded(mini_lesson, right)) == FULL
    cell(right, "total")["source"] = "name = input()\n" + RIGHT["total"]
    assert points(graded(mini_lesson, right)) == FULL | {"total": 0}


def test_an_infinite_loop_costs_its_exercise_and_its_limit_once(mini_lesson, right):
    cell(right, "total")["source"] = "def total(values):\n    while True: pass"
    record = graded(mini_lesson, right)
    assert points(record) == FULL | {"total": 0}
    assert record.verdict("total").outcome is Outcome.OUT_OF_LIMITS and "total" in record.verdict("total").message


def test_a_numpy_float_is_a_float(mini_lesson, right):
    cell(right, "total")["source"] = "def total(values):\n    return np.float64(np.sum(values))"
    assert points(graded(mini_lesson, right)) == FULL


def test_the_release_itself_scores_nothing_and_waits_for_nobody(mini_lesson):
    record = graded(mini_lesson, copy.deepcopy(mini_lesson.release))
    assert record.score == 0 and record.waiting == 0
    assert {verdict.outcome for verdict in record.verdicts} == {Outcome.NOT_ATTEMPTED}


@pytest.mark.parametrize("fraction", [float("nan"), -1.0, 1.5, float("inf"), "1", None])
def test_a_score_that_is_none_is_a_grader_error(mini_lesson, right, monkeypatch, fraction):
    odd = {key: Verdict(key, Outcome.CORRECT, fraction) for key in FULL}
    monkeypatch.setattr(grading, "judge", lambda *arguments: Judgement(odd))
    record = graded(mini_lesson, right)
    assert set(points(record).values()) == {None}
    assert "the grader failed on total, mean, plot_values" in record.problem


def test_a_missing_verdict_is_a_grader_error(mini_lesson, right, monkeypatch):
    monkeypatch.setattr(grading, "judge", lambda *arguments: Judgement({}, errors={"mean": "Trace\nKeyError: 3"}))
    record = graded(mini_lesson, right)
    assert set(points(record).values()) == {None} and "KeyError: 3" in record.problem


def test_a_late_or_missing_prediction_earns_nothing(mini_lesson):
    from autograder.authoring.answer_files import submitted_notebook

    notebook = submitted_notebook(
        mini_lesson, predictions={"sum_sign": ("a", 80), "walk": ([0, 1], 60)}, late=frozenset(["walk"])
    )
    record = graded(mini_lesson, notebook)
    earned = {mark.cell: mark.points for mark in record.grades if mark.cell.startswith("prediction")}
    assert earned == {"prediction_sum_sign": 2.0, "prediction_mean_of_five": 0.0, "prediction_walk": 0.0}
    assert [predicted.counts for predicted in record.predictions] == [True, False, False]


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("value", ["z", {"a": "b"}, {}, [], -5, 1e9, [1e9] * 5, [["a"]], "<b>", {"b": 1}])
def test_a_forged_prediction_earns_nothing_and_breaks_nothing(mini_lesson, right, value, sealed):
    for name in PREDICTED:
        at = right["cells"].index(cell(right, f"prediction_{name}"))
        forged = replace(read_record(right["cells"][at]), value=value)
        right["cells"][at] = embed_record(right["cells"][at], forged.sealed() if sealed else forged)
    record = grade(
        parse_submission(json.dumps(right).encode(), mini_lesson, "ada", "ada.ipynb"), mini_lesson, LIMITS, seed=7
    )
    assert points(record) == FULL and not record.problem
    assert [predicted.counts for predicted in record.predictions] == [False] * 3
    assert [predicted.shown for predicted in record.predictions] == [""] * 3


def test_grading_is_pure_and_its_parts_are_picklable(mini_lesson, right):
    submission = parse_submission(json.dumps(right).encode(), mini_lesson, "ada", "ada.ipynb")
    again = pickle.loads(pickle.dumps((submission, mini_lesson, LIMITS)))
    assert grade(*again, seed=7) == grade(submission, mini_lesson, LIMITS, seed=7)
    record = grade(submission, mini_lesson, LIMITS, seed=7)
    assert Record.unpacked(record.packed()) == replace(record, figures={})
