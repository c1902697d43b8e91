"""The instructor's commands, as typed: what they print, what they write, and how they end."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import sqlite3
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.__main__ import main
from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.lesson.model import Lesson
from autograder.sealed.sandbox import ACCEPT_RISK, SandboxMissing
from tests.support.submissions import RIGHT, hand_in

NAME = "01-mini"
WRONG = RIGHT | {"total": "def total(values):\n    return float(np.prod(values))"}


def call(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def submitted(minicourse: Path) -> Path:
    """A course with two submissions."""
    lesson = Lesson.load(minicourse, NAME)
    hand_in(minicourse, "ada", lesson, submitted_notebook(lesson, RIGHT, predictions={"sum_sign": ("a", 80)}))
    hand_in(minicourse, "bob", lesson, submitted_notebook(lesson, WRONG))
    return minicourse


def test_grade_then_feedback_then_report(submitted):
    first = call("grade", NAME, "--course-dir", submitted, "--workers", 1, "--json", submitted / "out.json")
    assert first.exit_code == 0, first.output
    assert "2 graded, 0 already graded, 0 problems" in first.output
    records = json.loads((submitted / "out.json").read_text())
    assert [(each["student"], each["score"], each["waiting"]) for each in records] == [
        ("ada", 27, 9),
        ("bob", 15, 9),
    ]
    again = call("grade", NAME, "--course-dir", submitted, "--workers", 1)
    assert again.exit_code == 0 and "0 graded, 2 already graded" in again.output
    pages = call("feedback", NAME, "--course-dir", submitted)
    assert pages.exit_code == 0 and "2 pages" in pages.output
    page = (submitted / "feedback" / "bob" / NAME / f"{NAME}.html").read_text()
    assert "You multiply the values" in page
    report = call("report", NAME, "--course-dir", submitted)
    assert report.exit_code == 0 and "product" in report.output and "sum_sign" in report.output


def test_one_student_alone(submitted):
    assert call("grade", NAME, "--course-dir", submitted, "--student", "bob").exit_code == 0
    with Gradebook(submitted / "gradebook.db") as book:
        assert [record.student for record in book.records(NAME)] == ["bob"]
    assert "1 pages" in call("feedback", NAME, "--course-dir", submitted, "--student", "bob").output


def test_what_cannot_be_graded_is_named_and_the_exit_code_tells(submitted):
    lesson = Lesson.load(submitted, NAME)
    hand_in(submitted, "eve", lesson, "not a notebook")
    result = call("grade", NAME, "--course-dir", submitted)
    assert result.exit_code == 1
    assert "✗ eve: " in result.output and "hand in again" in result.output.replace("\n", " ")
    assert "2 graded, 0 already graded, 1 problems" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["01-minni"], "did you mean 01-mini?"),
        (["history"], "choose from: 01-mini"),
        ([NAME, "--student", "../../etc"], "cannot be a student's name"),
        ([NAME, "--student", "nobody"], "nothing was handed in"),
    ],
)
def test_what_cannot_start_is_told_with_the_cure_and_exit_code_2(submitted, words, said):
    result = call("grade", *words, "--course-dir", submitted)
    assert result.exit_code == 2 and said in result.output
    assert "Traceback" not in result.output


def test_a_broken_gradebook_and_a_missing_one_are_told(submitted):
    (submitted / "gradebook.db").write_bytes(b"no database" * 1000)
    result = call("grade", NAME, "--course-dir", submitted)
    assert result.exit_code == 2 and "not a database" in result.output
    (submitted / "gradebook.db").unlink()
    result = call("feedback", NAME, "--course-dir", submitted)
    assert result.exit_code == 2 and "run `autograder grade` first" in result.output


def test_a_gradebook_that_another_program_holds_is_told_and_the_run_can_be_repeated(submitted, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.database.Gradebook.__init__.__defaults__", (0.2,))
    other = sqlite3.connect(submitted / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    result = call("grade", NAME, "--course-dir", submitted)
    other.execute("ROLLBACK")
    other.close()
    assert result.exit_code == 2 and "another program is writing to it" in result.output
    assert call("grade", NAME, "--course-dir", submitted).exit_code == 0


def test_a_full_disk_is_told_and_the_run_can_be_repeated(submitted, monkeypatch):
    def full(course_dir: Path, lesson: Lesson, record: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(course_dir / "autograded"))

    with monkeypatch.context() as patched:
        patched.setattr("autograder.grading.run.write_autograded", full)
        result = call("grade", NAME, "--course-dir", submitted, "--workers", 1)
    assert result.exit_code == 1 and "the disk is full" in result.output
    again = call("grade", NAME, "--course-dir", submitted, "--workers", 1)
    assert again.exit_code == 0 and "2 graded" in again.output


def test_without_a_sandbox_it_refuses_and_names_the_option_that_does_without(submitted, monkeypatch):
    def missing(sealed: bool) -> None:
        raise SandboxMissing("bwrap is not installed")

    monkeypatch.setattr("autograder.grading.judge._zygotes", {})
    monkeypatch.setattr("autograder.grading.judge.Zygote", missing)
    notebook = submitted / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    for words in (["grade", NAME, "--workers", 1], ["check", notebook]):
        result = call(*words, "--course-dir", submitted)
        assert result.exit_code == 2
        assert "No sandbox: bwrap is not installed" in result.output and ACCEPT_RISK in result.output


def test_nobody_handed_in(minicourse):
    result = call("grade", NAME, "--course-dir", minicourse)
    assert result.exit_code == 0 and "no submissions found" in result.output
    assert call("feedback", NAME, "--course-dir", minicourse).exit_code == 1


def test_try_prints_the_verdicts_and_writes_nothing(submitted, tmp_path):
    before = sorted(path for path in submitted.rglob("*") if path.is_file() and "__pycache__" not in str(path))
    notebook = submitted / "submitted" / "bob" / NAME / f"{NAME}.ipynb"
    elsewhere = tmp_path / "my homework.ipynb"
    elsewhere.write_bytes(notebook.read_bytes())
    result = call("check", elsewhere, "--course-dir", submitted)
    assert result.exit_code == 0, result.output
    assert "total: incorrect, 0 of 10 (product)" in result.output
    assert "score: 15 of 40; 9 more wait for a person" in result.output
    assert before == sorted(
        path for path in submitted.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    )


def test_try_tells_what_it_cannot_read(submitted, tmp_path):
    file = tmp_path / f"{NAME}.ipynb"
    file.write_text("{")
    result = call("check", file, "--course-dir", submitted)
    assert result.exit_code == 2 and "is not JSON" in result.output
    result = call("check", tmp_path / "nowhere.ipynb", "--course-dir", submitted)
    assert result.exit_code == 2 and "nowhere.ipynb cannot be opened" in result.output
    result = call("check", tmp_path, "--course-dir", submitted)
    assert result.exit_code == 2 and "is not a plain file" in result.output


def test_an_answer_that_does_not_run_is_told_its_error(submitted):
    lesson = Lesson.load(submitted, NAME)
    path = hand_in(submitted, "eve", lesson, submitted_notebook(lesson, {"total": "def total(values:"}))
    result = call("check", path, "--course-dir", submitted)
    assert result.exit_code == 0 and "SyntaxError: '(' was never closed" in result.output
    call("grade", NAME, "--course-dir", submitted)
    call("feedback", NAME, "--course-dir", submitted)
    page = (submitted / "feedback" / "eve" / NAME / f"{NAME}.html").read_text()
    assert "was never closed" in page and "line 1 of the cell" in page


def test_help_reads_well():
    text = call("--help").output
    for command in ("grade", "feedback", "check", "report", "demo"):
        assert command in text
    told = call("grade", "--help").output
    for option in ("--course-dir", "--student", "--workers", "--scheduler", "--figures", "--force", "--json"):
        assert option in told
    assert "Exit code 0" in told


def test_verbose_names_the_steps_and_the_student_but_none_of_his_text(submitted: Path) -> None:
    quiet = call("grade", NAME, "--workers", 1, "--course-dir", submitted)
    loud = call("grade", NAME, "--workers", 1, "--force", "-v", "--course-dir", submitted)
    assert loud.exit_code == quiet.exit_code
    assert "autograder.grading.workers: " in loud.output and "graded in" in loud.output
    assert "autograder.grading" not in quiet.output
    assert "def mean" not in loud.output
    assert not logging.getLogger("autograder").handlers


def test_the_old_name_of_check_still_works_but_is_not_listed() -> None:
    assert call("try", "--help").output.count("Grade one notebook") == 1
    assert "  try " not in call("--help").output


def test_a_record_of_an_older_format_is_one_sentence_and_grading_again_cures_it(submitted: Path) -> None:
    call("grade", NAME, "--workers", 1, "--course-dir", submitted)
    with contextlib.closing(sqlite3.connect(submitted / "gradebook.db")) as book, book:
        book.execute("UPDATE autograder_record SET record = ?", (zlib.compress(b'{"verdicts": [{"label": 1}]}'),))
    for command in ("report", "feedback"):
        result = call(command, NAME, "--course-dir", submitted)
        assert result.exit_code == 2 and "an older format" in result.output and "--force" in result.output
    call("grade", NAME, "--workers", 1, "--force", "--course-dir", submitted)
    assert call("report", NAME, "--course-dir", submitted).exit_code == 0
