"""The whole bank of lesson 1, one wrong answer per exercise and notebook, gets equal marks whoever runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.bank import read_bank
from autograder.demo import Pupil, class_of_thirty, hand_in
from autograder.gradebook import Gradebook
from autograder.judge import Limits
from autograder.lesson import Lesson
from autograder.record import Record
from autograder.run import grade_lesson
from autograder.workers import Crew, processes

ROOT = Path(__file__).resolve().parent.parent
NAME = "01-first-descent"


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


@pytest.fixture(scope="module")
def pupils() -> list[Pupil]:
    """The demo's class without its hostile students, whose lost time would be all that is measured."""
    everybody = class_of_thirty(Lesson.load(ROOT, NAME), read_bank(ROOT, NAME))
    return [pupil for pupil in everybody if pupil.kind != "hostile"]


@pytest.fixture(scope="module")
def course(pupils: list[Pupil], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lesson1") / "course"
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / NAME, folder / part / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    lesson = Lesson.load(folder, NAME)
    with Gradebook(folder / "gradebook.db") as book:
        book.enter(lesson)
    for pupil in pupils:
        hand_in(lesson, pupil)
    return folder


def graded(course: Path, crew: Crew | None = None) -> dict[str, Record]:
    """The records of a fresh run by this crew; without one, of what stands in the gradebook."""
    lesson = Lesson.load(course, NAME)
    with Gradebook(course / "gradebook.db") as book:
        if crew is not None:
            students = sorted(os.listdir(course / "submitted"))
            with crew:
                run = grade_lesson(lesson, students, book, crew, Limits(figures="none"), Silent(), force=True)
            assert run.problems == [] and run.graded == len(students)
        return {record.student: record for record in book.records(NAME)}


def told(records: dict[str, Record]) -> dict[str, list]:
    """The scores and diagnoses. What a wrong answer returns may be random, and is left out."""
    return {
        student: [
            record.marks,
            *((verdict.key, verdict.outcome, verdict.fraction, verdict.label) for verdict in record.verdicts),
        ]
        for student, record in records.items()
    }


@pytest.fixture(scope="module")
def alone(course: Path) -> dict[str, Record]:
    return graded(course, processes(1))


def test_each_planted_mistake_gets_its_own_diagnosis(pupils, alone):
    found = {pupil.name: {key: alone[pupil.name].verdict(key).label for key in pupil.planted} for pupil in pupils}
    assert found == {pupil.name: pupil.planted for pupil in pupils}


def test_right_answers_of_every_style_get_full_marks(pupils, alone):
    right = [alone[pupil.name] for pupil in pupils if pupil.kind.startswith("right")]
    assert [record.student for record in right if any(verdict.fraction < 1 for verdict in record.verdicts)] == []


def test_two_processes_give_the_same(course, alone):
    assert told(graded(course, processes(2))) == told(alone)


def test_stock_nbgrader_gives_the_same(course, alone, tmp_path):
    stock = shutil.copytree(course, tmp_path / "stock")
    shutil.rmtree(stock / "autograded")
    with Gradebook(stock / "gradebook.db") as book:
        book._db.execute("DELETE FROM autograder_record")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=stock,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert told(graded(stock)) == told(alone)
    with Gradebook(stock / "gradebook.db") as book:
        rows = book._db.execute(
            "SELECT student_id, sum(auto_score) FROM grade JOIN submitted_notebook "
            "ON grade.notebook_id = submitted_notebook.id JOIN submitted_assignment "
            "ON submitted_notebook.assignment_id = submitted_assignment.id GROUP BY student_id"
        )
        assert {student: round(score, 4) for student, score in rows} == {
            student: round(record.score, 4) for student, record in alone.items()
        }
