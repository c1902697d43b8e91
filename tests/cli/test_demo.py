"""The demo: every known mistake once, in a folder of its own, the same each time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.__main__ import main
from autograder.authoring.answer_files import read_answers
from autograder.cli.demo import CLASS, class_of_thirty, set_up
from autograder.gradebook.database import Gradebook
from autograder.lesson.model import Lesson
from autograder.records.problem import LessonError

NAME = "01-mini"


@pytest.fixture
def own(minicourse: Path) -> Path:
    """An instructor's course with a gradebook of its own."""
    (minicourse / "submitted" / "real" / NAME).mkdir(parents=True)
    return minicourse


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if "demo" not in path.parts}


@pytest.mark.slow
def test_it_runs_to_its_end_and_leaves_the_course_alone(own):
    before = files(own)
    result = CliRunner().invoke(main, ["demo", NAME, "--course-dir", str(own), "--workers", "2"])
    assert result.exit_code == 0, result.output
    assert "4 of 4 planted misconceptions recognised" in result.output
    assert "sum_instead_of_mean" in result.output and "unlabelled" in result.output
    assert "/jupyter lab, then Nbgrader > Formgrader" in result.output and "gradebook.db" in result.output
    assert files(own) == before
    demo = own / "demo"
    assert len(list((demo / "feedback").glob(f"*/{NAME}/{NAME}.html"))) == CLASS
    with Gradebook(demo / "gradebook.db") as book:
        records = list(book.records(NAME))
    assert len(records) == CLASS and book.path == demo / "gradebook.db"
    assert max(record.score + record.waiting for record in records) == 40
    assert min(record.score for record in records) == 0
    assert [record.problem for record in records if record.problem] == []


def test_every_known_mistake_is_dealt_out_once_and_the_class_is_the_same_each_time(own):
    lesson = Lesson.load(own, NAME)
    bank = read_answers(own, NAME)
    pupils = list(class_of_thirty(lesson, bank))
    planted = [(key, label) for pupil in pupils for key, label in pupil.planted.items()]
    assert sorted(planted) == sorted(
        (answer.key, answer.name) for answer in bank if answer.kind == "misconception"
    )
    assert len(pupils) == CLASS == len({pupil.name for pupil in pupils})
    assert list(class_of_thirty(lesson, bank)) == pupils


def test_it_starts_anew_but_never_empties_a_folder_that_is_not_its_own(own):
    set_up(own, NAME)
    (own / "demo" / "leftover").touch()
    set_up(own, NAME)
    assert not (own / "demo" / "leftover").exists()
    shutil.rmtree(own / "demo")
    (own / "demo").mkdir()
    (own / "demo" / "thesis.tex").touch()
    with pytest.raises(LessonError, match="move it away"):
        set_up(own, NAME)
    assert (own / "demo" / "thesis.tex").exists()


def test_a_lesson_that_is_not_there_is_told(own):
    result = CliRunner().invoke(main, ["demo", "no-lesson", "--course-dir", str(own)])
    assert result.exit_code == 2 and "there is no such notebook" in result.output
