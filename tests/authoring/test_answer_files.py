"""The bank: a file's name is its verdict, judged here or carried in a submitted notebook."""

from pathlib import Path

import pytest

from autograder.authoring.answer_files import AnswerFile, full_marks, judge_here, read_answers, submitted_notebook
from autograder.grading.submission import parse_submission
from autograder.lesson.model import Lesson
from autograder.records.verdict import Outcome, Verdict
from course.predictions.lock import read_record
from tests.support.places import MINICOURSE

BANK = read_answers(MINICOURSE, "01-mini")


def cells(notebook: dict) -> dict[str, dict]:
    return {cell["id"]: cell for cell in notebook["cells"]}


@pytest.mark.parametrize("answer", BANK, ids=lambda answer: f"{answer.key}/{answer.name}")
def test_every_answer_of_the_miniature_course_gets_its_label(answer: AnswerFile, mini_lesson: Lesson) -> None:
    assert answer.complaint(judge_here(mini_lesson, answer.key, answer.source)) == ""


def test_an_answer_may_lean_on_the_references_earlier_ones(mini_lesson: Lesson) -> None:
    leaning = "def mean(values):\n    return total(values) / len(values) if values else float('nan')"
    assert judge_here(mini_lesson, "mean", leaning).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("source", "outcome", "told"),
    [
        ("raise NotImplementedError()", Outcome.NOT_ATTEMPTED, "not written yet"),
        ("def total(values):\n    raise NotImplementedError()", Outcome.NOT_ATTEMPTED, "not written yet"),
        ("def sum_up(values): ...", Outcome.INCORRECT, "does not define total"),
        ("def total(values:", Outcome.INCORRECT, "raises SyntaxError"),
        ("1 / 0", Outcome.INCORRECT, "raises ZeroDivisionError"),
        ("raise SystemExit", Outcome.INCORRECT, "raises SystemExit"),
    ],
)
def test_what_is_no_answer_is_told(source: str, outcome: Outcome, told: str, mini_lesson: Lesson) -> None:
    verdict = judge_here(mini_lesson, "total", source)
    assert (verdict.outcome, verdict.fraction) == (outcome, 0)
    assert told in verdict.message


def test_a_check_that_fails_itself_is_no_verdict_on_the_student(
    mini_lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = mini_lesson.checks()["total"]
    monkeypatch.setattr(check, "_trials", lambda total: 1 / 0)
    assert judge_here(mini_lesson, "total", "total = sum").outcome is Outcome.GRADER_ERROR


@pytest.mark.parametrize(
    ("name", "verdict", "fits"),
    [
        ("correct_loop", Verdict("k", Outcome.CORRECT, 1.0), True),
        ("correct_loop", Verdict("k", Outcome.PARTIAL, 0.5), False),
        ("product", Verdict("k", Outcome.INCORRECT, 0.0, "product"), True),
        ("product", Verdict("k", Outcome.INCORRECT, 0.0, "sum"), False),
        ("product", Verdict("k", Outcome.CORRECT, 1.0), False),
        ("plain_none", Verdict("k", Outcome.INCORRECT, 0.0), True),
        ("plain_none", Verdict("k", Outcome.INCORRECT, 0.0, "product"), False),
        ("plain_none", Verdict("k", Outcome.GRADER_ERROR, 0.0), False),
    ],
)
def test_the_files_name_says_the_verdict(name: str, verdict: Verdict, fits: bool) -> None:
    assert (AnswerFile("k", name, Path(), "").complaint(verdict) == "") is fits


def test_a_submitted_notebook_carries_what_is_given(mini_lesson: Lesson) -> None:
    notebook = submitted_notebook(
        mini_lesson,
        answers={"total": "total = sum"},
        written={"explain_mean": "It is shared."},
        predictions={"walk": ([0, 10], 90), "sum_sign": ("b", 50)},
        late=frozenset({"sum_sign"}),
    )
    made = cells(notebook)
    assert made["total"]["source"] == "total = sum"
    assert made["explain_mean"]["source"].endswith("\n\nIt is shared.")
    assert made["mean"] == cells(mini_lesson.release)["mean"]
    record = read_record(made["prediction_walk"])
    assert record is not None
    assert (record.value, record.confidence, record.late, record.intact) == ([0.0, 10.0], 90, False, True)
    submission = parse_submission(_bytes(notebook), mini_lesson, "ada", "file")
    standing = {name: found.earns for name, found in submission.predictions.items()}
    assert standing == {"sum_sign": False, "mean_of_five": False, "walk": True}


def test_full_marks_answers_everything(mini_lesson: Lesson) -> None:
    submission = parse_submission(_bytes(full_marks(mini_lesson)), mini_lesson, "ada", "file")
    assert set(submission.answers) == {"total", "mean", "plot_values"}
    assert all(standing.earns for standing in submission.predictions.values())
    assert submission.outdated == ""


def _bytes(notebook: dict) -> bytes:
    import json

    return json.dumps(notebook).encode()
