"""Courses to measure: lesson 1 in its own folder, and a class with right answers in many styles."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

from autograder.authoring.answer_files import read_answers, submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.gradebook.entry import enter_lesson
from autograder.lesson.model import Json, Lesson

__all__ = ["HERE", "LESSON", "STYLES", "hand_in", "notebooks", "our_course", "scores", "stock_course"]

HERE = Path(__file__).resolve().parent.parent
LESSON = "01-first-descent"
EMPTY = "empty.db"  # the gradebook before anything is graded
STYLES = 20  # different submissions; a larger class repeats them under other names
TEXT = "Each step multiplies the distance to the bottom by 1 - 2 * rate * c, which is below -1 at 0.5."

STOCK_CONFIG = """
from pathlib import Path

from autograder.pipelines import configure

configure(get_config(), Path(__file__).resolve().parent)
del get_config().Autograde, get_config().GenerateFeedback  # nbgrader's own lists, Execute and the rest
"""


def our_course(folder: Path) -> Lesson:
    """Copy the released lesson to `folder` and enter it in a gradebook there."""
    for part in ("source", "release"):
        shutil.copytree(HERE / part / LESSON, folder / part / LESSON)
    shutil.copy(HERE / "nbgrader_config.py", folder)
    lesson = Lesson.load(folder, LESSON)
    with Gradebook(folder / "gradebook.db") as book:
        enter_lesson(book, lesson)
    shutil.copy(folder / "gradebook.db", folder / EMPTY)
    return lesson


def stock_course(folder: Path, ours: Lesson) -> None:
    """Make a twin of our course in which nbgrader autogrades with its default steps.

    It starts from the same empty gradebook, which holds the graded cells and their hidden tests.
    """
    for part in ("source", "release"):
        shutil.copytree(ours.course_dir / part, folder / part)
    shutil.copy(ours.course_dir / EMPTY, folder / "gradebook.db")
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG, encoding="utf-8")


def notebooks(lesson: Lesson) -> list[Json]:
    """Return `STYLES` all-right submissions in different styles, with every prediction locked."""
    predictions = {
        prediction.name: (prediction.example, prediction.confidence) for prediction in lesson.predictions
    }
    written = {exercise.key: TEXT for exercise in lesson.exercises if exercise.kind == "written"}
    bank = [answer for answer in read_answers(HERE, LESSON) if answer.kind == "correct"]
    made = []
    for number in range(STYLES):
        answers = {}
        for exercise in lesson.code:
            styles = [answer.source for answer in bank if answer.key == exercise.key]
            answers[exercise.key] = styles[number % len(styles)]
        made.append(submitted_notebook(lesson, answers, written, predictions))
    return made


def hand_in(course_dir: Path, class_of: list[Json], students: int, first: int = 0) -> list[str]:
    """Hand in the notebooks, in turn, for this many students; as links, since 10,000 copies would fill a disk.

    Student number `first` + i gets notebook number (`first` + i) modulo the number of notebooks.
    """
    originals = course_dir / "originals"
    originals.mkdir(exist_ok=True)
    names = []
    for number in range(first, first + students):
        original = originals / f"{number % len(class_of)}.ipynb"
        if not original.exists():
            original.write_text(json.dumps(class_of[number % len(class_of)]), encoding="utf-8")
        names.append(f"s{number:05}")
        folder = course_dir / "submitted" / names[-1] / LESSON
        folder.mkdir(parents=True)
        os.link(original, folder / f"{LESSON}.ipynb")
    return names


def scores(course_dir: Path, student: str) -> dict[str, float | None]:
    """Read the points of each graded cell from a gradebook, stock or ours; None if it waits for a person."""
    with sqlite3.connect(course_dir / "gradebook.db") as book:
        rows = book.execute(SCORES, (student,)).fetchall()
    return {name: None if waits else points for name, points, waits in rows}


SCORES = """
SELECT base_cell.name, auto_score, needs_manual_grade
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
WHERE student_id = ? ORDER BY base_cell.name
"""
