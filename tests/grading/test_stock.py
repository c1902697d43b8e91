"""Stock `nbgrader autograde` and `generate_feedback` go through the sealed judge, and agree with ours."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata

from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.gradebook.settings import load_config
from autograder.grading.judge import Limits
from autograder.grading.run import grade_lesson
from autograder.grading.stock import SealedGrading
from autograder.grading.workers import Serial, WorkerPool
from autograder.lesson.model import Lesson
from tests.support.submissions import RIGHT, cell, hand_in

NAME = "01-mini"
pytestmark = pytest.mark.filterwarnings(
    "ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning"
)  # nbgrader's own

WRONG = RIGHT | {
    "total": "def total(values):\n    return float(np.prod(values))",
    "explain_mean": "<script>1</script>",
}


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


@pytest.fixture
def stock(minicourse):
    """Stock nbgrader, configured for the course with our step."""
    config = load_config(minicourse)
    config.CourseDirectory.root = str(minicourse)
    config.Autograde.sanitize_preprocessors = [SealedGrading]
    config.Autograde.autograde_preprocessors = [AssignLatePenalties, CheckCellMetadata]
    return NbGraderAPI(CourseDirectory(config=config), config=config)


@pytest.fixture
def lesson(minicourse):
    return Lesson.load(minicourse, NAME)


def records(course) -> dict:
    with Gradebook(course / "gradebook.db") as book:
        return {record.student: record for record in book.records(NAME)}


def test_it_gives_the_same_records_as_ours_and_each_knows_what_the_other_did(minicourse, lesson, stock):
    answers = {"ada": RIGHT, "bob": WRONG, "eve": {}}
    for student, each in answers.items():
        path = hand_in(
            minicourse, student, lesson, submitted_notebook(lesson, each, predictions={"sum_sign": ("a", 80)})
        )
        path.with_name("timestamp.txt").write_text("2026-02-03 04:05:06 UTC")
    for student in answers:
        assert stock.autograde(lesson.name, student)["success"]
    theirs = records(minicourse)
    with Gradebook(minicourse / "gradebook.db") as book, WorkerPool(Serial, 1) as pool:
        done = grade_lesson(lesson, sorted(answers), book, pool, Limits(), Silent())
        assert (done.graded, done.skipped, done.changed) == (0, 3, [])
        grade_lesson(lesson, sorted(answers), book, pool, Limits(), Silent(), force=True)
    assert records(minicourse) == theirs
    assert [theirs[student].score for student in answers] == [27, 17, 2]


def test_a_notebook_that_stops_stock_nbgrader_is_graded(minicourse, lesson, stock):
    notebook = submitted_notebook(lesson, RIGHT)
    for identity in ("test_total", "total"):
        notebook["cells"].append({**cell(notebook, identity), "id": f"copy_of_{identity}"})
    notebook["cells"].remove(cell(notebook, "test_mean"))
    hand_in(minicourse, "ada", lesson, notebook)
    assert stock.autograde(lesson.name, "ada")["success"]
    assert records(minicourse)["ada"].score == 25


@pytest.mark.parametrize("linked", ["eve", "eve/01-mini", "eve/01-mini/01-mini.ipynb", "eve/01-mini/data.csv"])
def test_it_refuses_links_as_ours_does_and_leaves_nothing_of_what_they_lead_to(minicourse, lesson, stock, linked):
    theirs = hand_in(minicourse, "ada", lesson, submitted_notebook(lesson, RIGHT))
    hand_in(minicourse, "eve", lesson, submitted_notebook(lesson, {}))
    targets = {"eve": theirs.parent.parent, "01-mini": theirs.parent, "01-mini.ipynb": theirs}
    link = minicourse / "submitted" / linked
    if link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(targets.get(link.name, minicourse / "gradebook.db"))
    result = stock.autograde(lesson.name, "eve")
    assert not result["success"]
    assert f"eve: {link} is a link" in result["log"]
    assert list((minicourse / "autograded").rglob("*.*")) == [] and records(minicourse) == {}
    assert stock.autograde(lesson.name, "ada")["success"]


def test_its_feedback_holds_diagnosis_and_comment_and_no_markup_of_the_students(minicourse, lesson, stock):
    hand_in(minicourse, "bob", lesson, submitted_notebook(lesson, WRONG))
    assert stock.autograde(lesson.name, "bob")["success"]
    with stock.gradebook as book:
        book.find_comment("explain_mean", lesson.name, lesson.name, "bob").manual_comment = "Well said"
        book.find_grade("explain_mean", lesson.name, lesson.name, "bob").manual_score = 3
        book.db.commit()
    result = stock.generate_feedback(lesson.name, "bob")
    assert result["success"], result["log"]
    page = (minicourse / "feedback" / "bob" / lesson.name / f"{lesson.name}.html").read_text()
    assert "You multiply the values" in page and "Well said" in page
    assert "Score: 3.0 / 4.0" in page
    assert "<script>1" not in page and "BEGIN HIDDEN" not in page and "math.fsum" not in page
