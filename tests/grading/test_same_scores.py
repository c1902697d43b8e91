"""The whole bank, one wrong answer per exercise and notebook, gets equal marks and diagnoses whoever grades it.

Two processes grade all of it. One process and a cluster take a third each of every lesson, and stock nbgrader one
lesson, for the time that it takes; with WHOLE_BANK=1 in the environment each of them takes all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from autograder.authoring.answer_files import AnswerFile, submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.gradebook.entry import enter_lesson
from autograder.grading.judge import Limits
from autograder.grading.run import grade_lesson
from autograder.grading.workers import WorkerPool, cluster, processes
from autograder.lesson.model import Lesson
from autograder.records.record import Record
from autograder.records.verdict import Outcome
from tests.support.answers import bank, lessons
from tests.support.dask_cluster import dask_cluster
from tests.support.places import ROOT
from tests.support.submissions import hand_in

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bank")]  # one process: what it prepares is costly
WHOLE = bool(os.environ.get("WHOLE_BANK"))
STOCK = lessons() if WHOLE else lessons()[:1]
Records = dict[str, Record]
Notebooks = dict[str, Mapping[str, AnswerFile]]  # by student, the answers by key


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


def carried(name: str) -> Notebooks:
    """Every answer of a lesson's bank in as few notebooks as can carry them, wrong ones with wrong ones.

    What has no more answers is left blank. The hostile ones are judged elsewhere: they would use up every limit.
    """
    notebooks: Notebooks = {}
    for kinds in (("misconception", "plain"), ("correct",)):
        by_key: dict[str, list[AnswerFile]] = {}
        for answer in bank(name):
            if answer.kind in kinds:
                by_key.setdefault(answer.key, []).append(answer)
        for row in range(max(map(len, by_key.values()))):
            mine = {key: answers[row] for key, answers in by_key.items() if row < len(answers)}
            notebooks[f"{kinds[0]}{row:02}"] = mine
    return notebooks


@pytest.fixture(scope="module")
def bank_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course to which the whole bank was handed in."""
    folder = tmp_path_factory.mktemp("bank") / "course"
    shutil.copytree(ROOT / "source", folder / "source")
    shutil.copytree(ROOT / "release", folder / "release")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    with Gradebook(folder / "gradebook.db") as book:
        for name in lessons():
            lesson = Lesson.load(folder, name)
            enter_lesson(book, lesson)
            for student, answers in carried(name).items():
                sources = {key: answer.source for key, answer in answers.items()}
                hand_in(folder, student, lesson, submitted_notebook(lesson, sources))
    return folder


def share(name: str, place: int) -> list[str]:
    """The students whose notebooks the engine at this place takes."""
    return sorted(carried(name)) if WHOLE else sorted(carried(name))[place::3]


def graded(course: Path, name: str, pool: WorkerPool | None = None, students: list[str] | None = None) -> Records:
    """The records of a fresh run by this crew; without one, of what stands in the gradebook."""
    lesson = Lesson.load(course, name)
    with Gradebook(course / "gradebook.db") as book:
        students = students or sorted(carried(name))
        if pool is not None:
            run = grade_lesson(lesson, students, book, pool, Limits(figures="none"), Silent(), force=True)
            assert run.problems == [] and run.graded == len(students)
        return {record.student: record for record in book.records(name, students)}


def told(records: Records, students: list[str] | None = None) -> dict[str, list]:
    """The scores and diagnoses. What a wrong answer returns may be random, and is left out."""
    return {
        student: [
            record.grades,
            *(
                (verdict.key, verdict.outcome, verdict.fraction, verdict.misconception)
                for verdict in record.verdicts
            ),
        ]
        for student, record in records.items()
        if students is None or student in students
    }


@pytest.fixture(scope="module")
def by_two(bank_course: Path) -> dict[str, Records]:
    """The records of two processes, by lesson: those that the others must give again."""
    with processes(2) as pool:
        return {name: graded(bank_course, name, pool) for name in lessons()}


@pytest.fixture(scope="module")
def two_dask_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    with dask_cluster(tmp_path_factory.mktemp("dask")) as (address, _), cluster(address) as pool:
        yield pool


@pytest.mark.parametrize("name", lessons())
def test_each_answer_gets_the_verdict_it_is_named_after_whatever_is_wrong_beside_it(name, by_two):
    verdicts = [
        (f"{student}, {key}/{answer.name}", answer, by_two[name][student].verdict(key))
        for student, answers in carried(name).items()
        for key, answer in answers.items()
    ]
    assert len(verdicts) == len(bank(name))
    for place, answer, verdict in verdicts:
        assert verdict is not None, place
        assert answer.complaint(verdict) == "", place
        if answer.kind == "correct":
            assert verdict.outcome is Outcome.CORRECT, place
        else:
            assert verdict.outcome in (Outcome.INCORRECT, Outcome.PARTIAL) and verdict.text, place


@pytest.mark.parametrize("name", lessons())
def test_one_process_gives_the_same(name, bank_course, by_two):
    mine = share(name, 0)
    with processes(1) as pool:
        assert told(graded(bank_course, name, pool, mine)) == told(by_two[name], mine)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", lessons())
def test_a_cluster_of_two_workers_gives_the_same(name, bank_course, by_two, two_dask_workers):
    mine = share(name, 1)
    assert told(graded(bank_course, name, two_dask_workers, mine)) == told(by_two[name], mine)


@pytest.mark.parametrize("name", STOCK)
def test_stock_nbgrader_gives_the_same(name, bank_course, by_two, tmp_path):
    stock = shutil.copytree(bank_course, tmp_path / "stock", ignore=shutil.ignore_patterns("autograded"))
    with Gradebook(stock / "gradebook.db") as book:
        book._db.execute("DELETE FROM autograder_record")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", name],
        cwd=stock,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert told(graded(stock, name)) == told(by_two[name])
    with Gradebook(stock / "gradebook.db") as book:
        rows = book._db.execute(SCORES, (name,))
        assert {student: round(score, 4) for student, score in rows} == {
            student: round(record.score, 4) for student, record in by_two[name].items()
        }


SCORES = """
SELECT student_id, sum(auto_score) FROM grade
JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN assignment ON submitted_assignment.assignment_id = assignment.id
WHERE assignment.name = ? GROUP BY student_id
"""
