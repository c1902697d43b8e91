"""The gradebook is nbgrader's own, written in whole batches, and what a person gave is never touched."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook as Stock

from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook import database as gradebook
from autograder.gradebook.database import Gradebook, GradebookError
from autograder.grading import grade as grading
from autograder.grading.judge import Limits
from autograder.grading.submission import parse_submission
from autograder.records.record import Record
from tests.support import inline_judge as trusted_judge
from tests.support.submissions import RIGHT, as_bytes

NAME = "01-mini"
WRONG = RIGHT | {"total": "def total(values):\n    print('<b>')\n    return float(np.prod(values))"}


@pytest.fixture
def book(minicourse):
    with Gradebook(minicourse / "gradebook.db", wait=0.2) as book:
        yield book


@pytest.fixture
def record(mini_lesson, monkeypatch):
    monkeypatch.setattr(grading, "judge", trusted_judge.judge)

    def make(answers: dict[str, str], student: str = "ada", predicted: dict | None = None) -> Record:
        notebook = submitted_notebook(mini_lesson, answers, predictions=predicted)
        content = as_bytes(notebook)
        submission = parse_submission(
            content, mini_lesson, student, "x.ipynb", timestamp="2026-01-02 03:04:05 UTC"
        )
        return replace(grading.grade(submission, mini_lesson, Limits(), 1), fingerprint=submission.digest)

    return make


def stock(course):
    return Stock(f"sqlite:///{course / 'gradebook.db'}", "first-descent")


def test_nbgrader_reads_what_was_written(minicourse, book, record):
    book.write([record(WRONG, predicted={"sum_sign": ("a", 80), "walk": ([0, 10], 80)})])
    with stock(minicourse) as theirs:
        submission = theirs.find_submission(NAME, "ada")
        assert submission.score == 10 + 5 + 2 + 2
        assert submission.max_score == 40
        assert submission.needs_manual_grade
        assert submission.timestamp.isoformat() == "2026-01-02T03:04:05"
        notebook = submission.notebooks[0]
        scores = {grade.name: grade.auto_score for grade in notebook.grades}
        assert scores["test_total"] == 0 and scores["test_mean"] == 10 and scores["explain_mean"] is None
        assert scores["prediction_mean_of_five"] == 0 and scores["prediction_walk"] == 2
        comment = theirs.find_comment("total", NAME, NAME, "ada").comment
        assert "You multiply the values" in comment
        assert all(line.startswith("    ") for line in comment.splitlines())


def test_a_blank_submission_waits_for_nobody(minicourse, book, record):
    book.write([record({})])
    with stock(minicourse) as theirs:
        submission = theirs.find_submission(NAME, "ada")
        assert submission.score == 0 and not submission.needs_manual_grade


def test_what_a_person_gave_stays_and_a_changed_answer_asks_for_a_new_look(minicourse, book, record):
    book.write([record(RIGHT)])
    with stock(minicourse) as theirs:
        for cell, points in (("explain_mean", 3.0), ("test_mean", 7.0)):
            grade = theirs.find_grade(cell, NAME, NAME, "ada")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = points, 0.5, False
        comment = theirs.find_comment("explain_mean", NAME, NAME, "ada")
        comment.manual_comment = "Well said"
        theirs.db.commit()
    book.write([record(RIGHT)])
    assert _looks(minicourse) == {"explain_mean": (3.0, 0.5, False), "test_mean": (7.0, 0.5, False)}
    book.write([record(RIGHT | {"explain_mean": "Another answer", "mean": WRONG["total"]})])
    assert _looks(minicourse) == {"explain_mean": (3.0, 0.5, True), "test_mean": (7.0, 0.5, True)}
    given = book.given(NAME, "ada")
    assert given["explain_mean"].points == 3.0 and given["explain_mean"].comment == "Well said"
    assert given["test_mean"].extra == 0.5


def _looks(course) -> dict[str, tuple]:
    with stock(course) as theirs:
        grades = theirs.find_submission(NAME, "ada").notebooks[0].grades
        return {
            grade.name: (grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
            for grade in grades
            if grade.manual_score is not None
        }


def test_a_batch_is_written_whole_or_not_at_all(book, record):
    good, bad = record(RIGHT), record(RIGHT, "bob")
    broken = replace(bad, grades=(replace(bad.grades[0], cell="no such cell"),))
    with pytest.raises(KeyError):
        book.write([good, broken])
    assert book.fingerprint(NAME, "ada") == ""
    assert list(book.records(NAME)) == []


def test_records_come_back_as_they_were(book, record):
    written = record(WRONG, predicted={"walk": ([1, 2, 3], 80)})
    book.write([written])
    assert list(book.records(NAME)) == [written]
    assert book.fingerprint(NAME, "ada") == written.fingerprint != ""


def test_a_student_whom_nbgrader_removed_is_not_graded_yet(minicourse, book, record):
    book.write([record(RIGHT)])
    with stock(minicourse) as theirs:
        theirs.remove_submission(NAME, "ada")
    assert book.fingerprint(NAME, "ada") == ""
    book.write([record(RIGHT)])
    assert book.fingerprint(NAME, "ada") != ""


def test_a_locked_database_is_told_and_the_run_can_go_on(minicourse, book, record):
    other = sqlite3.connect(minicourse / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradebookError, match="another program is writing to it"):
        book.write([record(RIGHT)])
    other.execute("ROLLBACK")
    other.close()
    book.write([record(RIGHT)])
    assert book.intact()


def test_a_full_disk_is_told_and_what_is_written_stays(book, record):
    book.write([record(RIGHT)])
    pages = book._db.execute("PRAGMA page_count").fetchone()[0]
    book._db.execute(f"PRAGMA max_page_count = {pages}")
    crowd = [record(RIGHT, f"student{number}") for number in range(3)]
    with pytest.raises(GradebookError, match=r"disk is full\. Free some space and rerun"):
        for _ in range(200):
            book.write([replace(each, student=each.student + str(_)) for each in crowd])
    book._db.execute(f"PRAGMA max_page_count = {pages * 100}")
    book.write(crowd)
    assert book.intact() and book.record(NAME, "ada") is not None


@pytest.mark.parametrize(("content", "said"), [(b"not a database" * 100, "not a database"), (None, "cannot be")])
def test_what_is_no_database_is_told(tmp_path, content, said):
    path = tmp_path / "gradebook.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(GradebookError, match=said):
        Gradebook(path)


def test_a_failed_record_changes_no_grade(book, record):
    book.write([record(RIGHT)])
    book.write([replace(record(WRONG), failed=True)])
    assert book.record(NAME, "ada").score == 25


def test_a_missing_time_and_a_plain_one_need_nothing_of_nbgraders(monkeypatch):
    monkeypatch.setitem(sys.modules, "nbgrader.utils", None)  # to import it takes seconds, and 80 MB
    assert gradebook._utc("") is None
    assert gradebook._utc("2026-02-03 11:59:59 UTC") == "2026-02-03 11:59:59.000000"


@pytest.mark.parametrize("name", ["GIVEN", "LOST", "SCORE", "TIMES"])
def test_no_question_about_one_submission_reads_those_of_all(name, book):
    """Else each takes longer the larger the class is."""
    query = getattr(gradebook, name)
    plan = book._db.execute(f"EXPLAIN QUERY PLAN {query}", ("x",) * query.count("?")).fetchall()
    scanned = [step for *_, step in plan if step.startswith("SCAN")]
    assert not [step for step in scanned if any(table in step for table in ("grade", "comment", "submitted"))]
