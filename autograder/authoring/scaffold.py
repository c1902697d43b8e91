"""New lessons and exercises that build and verify as they are, with TODO lines for what to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from autograder.atomic_file import write_if_changed
from autograder.lesson.model import lesson_names
from autograder.lesson.points import Shares
from autograder.lesson.source import Manuscript, read_manuscript
from autograder.records.problem import LessonError, Problem

__all__ = ["Todo", "new_exercise", "new_lesson", "todos_of"]

LESSON_NAME = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z][a-z0-9_]*")
POINTS = 2  # of a new exercise


@dataclass(frozen=True)
class Todo:
    """A line for the author to fill in."""

    file: Path
    line: int
    text: str


def new_lesson(course_dir: Path, name: str) -> list[Todo]:
    """Make the folder of lesson `name`, with one prediction and one exercise; return its TODO lines.

    Raises `LessonError` if the name is invalid or taken.
    """
    folder = course_dir / "source" / name
    if not LESSON_NAME.fullmatch(name):
        _refuse(name, "it cannot name a lesson", "write a number and words, such as 07-my-lesson")
    if folder.exists():
        _refuse(str(folder), "it already exists", "choose another name, or remove the folder")
    text = folder / f"{name}.py"
    write_if_changed(text, _template("lesson.py.txt").replace("NAME", name))
    return [*_todos(text), *new_exercise(course_dir, name, "first_answer")]


def new_exercise(course_dir: Path, lesson: str, key: str) -> list[Todo]:
    """Add exercise `key` to a lesson: its cells, before the closing `ready()`, and its check.

    Returns its TODO lines. Raises `LessonError` if the key is invalid or taken.
    """
    if lesson not in lesson_names(course_dir):
        _refuse(lesson, "there is no such lesson", f"choose from: {', '.join(lesson_names(course_dir)) or 'none'}")
    folder = course_dir / "source" / lesson
    text, check = folder / f"{lesson}.py", folder / "checks" / f"{key}.py"
    manuscript = read_manuscript(text)
    if not KEY.fullmatch(key):
        _refuse(
            key, "it cannot name a function", "write lower-case letters, digits and _, such as mean_of_squares"
        )
    if check.exists() or any(cell.name == key for cell in manuscript.cells):
        _refuse(f"{lesson} ({key})", "it already exists", "choose another key")
    cells = _template("exercise.py.txt").replace("KEY", key)
    write_if_changed(check, _template("check.py.txt").replace("KEY", key))
    write_if_changed(text, _with_exercise(manuscript, cells))
    return [todo for todo in [*_todos(text), *_todos(check)] if todo.file == check or key in _cell_of(text, todo)]


def _with_exercise(manuscript: Manuscript, cells: str) -> str:
    """Return the lesson's source with the new cells, its total raised by their points."""
    lines = manuscript.file.read_text(encoding="utf-8").splitlines()
    place = _end_of_exercises(manuscript, len(lines))
    lines[place:place] = [*cells.splitlines(), ""]
    setup = next(cell for cell in manuscript.cells if cell.role == "setup")
    total = f"points={Shares.of(manuscript).points + POINTS:g}"
    head = re.sub(r" points=\S+", "", lines[setup.line - 1])
    lines[setup.line - 1] = head.replace("# %% setup", f"# %% setup {total}", 1)
    return "\n".join(lines) + "\n"


def _end_of_exercises(manuscript: Manuscript, end: int) -> int:
    """Count the lines before the cell that calls `ready()` and the text that introduces it."""
    cells = manuscript.cells
    last = next((place for place, cell in enumerate(cells) if "ready()" in cell.source), None)
    if last is None:
        return end
    first = last - 1 if last and cells[last - 1].kind == "markdown" else last
    return cells[first].line - 1


def _cell_of(text: Path, todo: Todo) -> str:
    """Return the cells around a TODO line, from heading to heading."""
    parts = re.split(r"(?m)^(?=# ### )", text.read_text(encoding="utf-8"))
    return next((part for part in parts if todo.text in part), "")


def todos_of(course_dir: Path, lesson: str) -> list[Todo]:
    """What is still to be filled in of a lesson: in its text, and in its checks."""
    folder = course_dir / "source" / lesson
    files = [folder / f"{lesson}.py", *sorted((folder / "checks").glob("*.py"))]
    return [todo for file in files for todo in _todos(file)]


def _todos(file: Path) -> Iterator[Todo]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if "TODO:" in line:
            yield Todo(file, number, line.strip("# "))


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _refuse(place: str, what: str, cure: str) -> None:
    raise LessonError([Problem(place, what, cure)])
