"""Late submissions lose in our gradebook what they lose in stock nbgrader's, by the plugin that is configured."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.__main__ import main
from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import Gradebook, GradebookError
from autograder.gradebook.lateness import seconds_late
from autograder.gradebook.settings import load_config
from autograder.grading.judge import Limits
from autograder.grading.run import RunSummary, grade_lesson
from autograder.grading.workers import Serial, WorkerPool
from autograder.lesson.model import Lesson
from autograder.reports.feedback import feedback_path
from tests.support.submissions import RIGHT, hand_in

NAME = "01-mini"
pytestmark = pytest.mark.filterwarnings(
    "ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning"
)  # nbgrader's own
DUE = "2026-02-03 12:00:00.000000"
HANDED_IN = {
    "early": "2026-02-03 11:59:59 UTC",
    "hour": "2026-02-03 13:00:00 UTC",
    "abroad": "2026-02-03 13:30:00 +01:00",  # half an hour late
    "zone": "2026-02-03 14:00:00 Europe/Paris",
    "extended": "2026-02-04 12:00:30.5 UTC",
    "untimed": "",
    "nonsense": "soon",
}
OWN = """
from nbgrader.plugins import BasePlugin

class Hourly(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {penalty}
"""
CONFIG = """
import sys
from pathlib import Path
here = Path({here!r})
sys.path.insert(0, str(here))
from autograder.grading.stock import configure
c = get_config()
configure(c, here)
{more}
"""
SETTINGS = {
    "default": "",
    "zero": "c.LateSubmissionPlugin.penalty_method = 'zero'",
    "own": "from hourly import Hourly\nc.AssignLatePenalties.plugin_class = Hourly",
}


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


def late_course(course: Path, more: str, penalty: str = "2.0 * total_seconds_late / 3600") -> Lesson:
    """A course with a due date, in which the students of `HANDED_IN` have handed in; one has a day more."""
    (course / "nbgrader_config.py").write_text(CONFIG.format(here=str(course), more=more))
    (course / "hourly.py").write_text(OWN.format(penalty=penalty))
    lesson = Lesson.load(course, NAME)
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("UPDATE assignment SET duedate = ?", (DUE,))
        (assignment,) = book.execute("SELECT id FROM assignment").fetchone()
        book.execute("INSERT INTO student (id) VALUES ('extended')")
        book.execute(
            "INSERT INTO submitted_assignment (id, assignment_id, student_id, extension) "
            "VALUES ('x', ?, 'extended', '1970-01-02 00:00:00.000000')",
            (assignment,),
        )
    for student, timestamp in HANDED_IN.items():
        path = hand_in(course, student, lesson, submitted_notebook(lesson, RIGHT))
        if timestamp:
            path.with_name("timestamp.txt").write_text(timestamp)
    return lesson


def grade(course: Path, lesson: Lesson) -> RunSummary:
    with Gradebook(course / "gradebook.db") as book, WorkerPool(Serial, 1) as pool:
        return grade_lesson(lesson, sorted(HANDED_IN), book, pool, Limits(figures="none"), Silent(), force=True)


def rows(course: Path) -> dict[str, tuple]:
    """What the gradebook holds of each submission: its time and its penalty."""
    with sqlite3.connect(course / "gradebook.db") as book:
        found = book.execute(
            "SELECT student_id, timestamp, late_submission_penalty FROM submitted_assignment "
            "LEFT JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id"
        )
        return {student: tuple(rest) for student, *rest in found}


@pytest.mark.parametrize("setting", SETTINGS)
def test_time_and_penalty_are_those_of_stock_nbgrader(minicourse, setting, monkeypatch):
    monkeypatch.delitem(__import__("sys").modules, "hourly", raising=False)
    lesson = late_course(minicourse, SETTINGS[setting])
    assert grade(minicourse, lesson).problems == []
    ours = rows(minicourse)
    with sqlite3.connect(minicourse / "gradebook.db") as book:
        book.execute("UPDATE submitted_notebook SET late_submission_penalty = 99")
        book.execute("UPDATE submitted_assignment SET timestamp = NULL")
    config = load_config(minicourse)
    config.CourseDirectory.root = str(minicourse)
    stock = NbGraderAPI(CourseDirectory(config=config), config=config)
    for student in HANDED_IN:
        if student != "nonsense":  # which stock nbgrader refuses to grade
            assert stock.autograde(lesson.name, student)["success"]
    theirs = rows(minicourse)
    del theirs["nonsense"], ours["nonsense"]
    assert ours == theirs
    expected = {
        "default": {},
        "zero": {"hour": 25.0, "abroad": 25.0, "zone": 25.0, "extended": 25.0},
        "own": {"hour": 2.0, "abroad": 1.0, "zone": 2.0, "extended": pytest.approx(30.5 / 1800)},
    }
    assert {student: penalty for student, (_, penalty) in ours.items() if penalty} == expected[setting]


def test_the_page_says_what_lateness_costs(minicourse):
    lesson = late_course(minicourse, SETTINGS["zero"])
    grade(minicourse, lesson)
    words = ["feedback", lesson.name, "--course-dir", str(minicourse)]
    assert CliRunner().invoke(main, words).exit_code == 0
    pages = {student: feedback_path(minicourse, lesson.name, student).read_text() for student in HANDED_IN}
    said = {student for student, page in pages.items() if "It came in late: 25 points are taken off." in page}
    assert said == {"hour", "abroad", "zone", "extended"}
    assert "<strong>0</strong> of" in pages["hour"] and "<strong>25</strong> of" in pages["early"]


def test_a_penalty_goes_when_the_due_date_moves(minicourse):
    lesson = late_course(minicourse, SETTINGS["zero"])
    grade(minicourse, lesson)
    assert rows(minicourse)["hour"] == ("2026-02-03 13:00:00.000000", 25.0)
    with sqlite3.connect(minicourse / "gradebook.db") as book:
        book.execute("UPDATE assignment SET duedate = '2026-03-01 00:00:00.000000'")
    grade(minicourse, lesson)
    assert {penalty for _, penalty in rows(minicourse).values()} == {None}


def test_a_plugin_that_fails_is_named_and_nothing_is_half_written(minicourse, monkeypatch):
    monkeypatch.delitem(__import__("sys").modules, "hourly", raising=False)
    lesson = late_course(minicourse, SETTINGS["own"], penalty="score / 0")
    with pytest.raises(GradebookError, match="the plugin for late penalties failed"):
        grade(minicourse, lesson)
    with Gradebook(minicourse / "gradebook.db") as book:
        assert list(book.records(lesson.name)) == [] and book.intact()


@pytest.mark.parametrize(
    ("timestamp", "due", "extension", "late"),
    [
        (None, DUE, None, 0),
        (DUE, None, None, 0),
        (DUE, DUE, None, 0),
        ("2026-02-03 12:00:01.500000", DUE, None, 1.5),
        ("2026-02-03 12:00:01.500000", DUE, "1970-01-01 00:00:01.000000", 0.5),
        ("2026-02-03 12:00:01.500000", DUE, "1970-01-02 00:00:00.000000", 0),
    ],
)
def test_an_extension_moves_the_due_date(timestamp, due, extension, late):
    assert seconds_late(timestamp, due, extension) == late
