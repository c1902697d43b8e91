"""From the instructor's notebook to the students', by nbgrader's own converter, whole or not at all."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells

from autograder.atomic_file import write_if_changed
from autograder.lesson.model import OURS
from autograder.records.problem import LessonError, Problem

from .settings import load_config

__all__ = ["ReleaseResult", "release", "released_text"]


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReleaseResult:
    """What a release did: the file, whether its bytes changed, the lesson's version, and notes for the author."""

    file: Path
    changed: bool
    version: str
    notes: tuple[str, ...] = ()


def release(course_dir: Path, name: str) -> ReleaseResult:
    """Make the students' notebook of a built lesson, and enter the lesson in the gradebook.

    Raises `LessonError`, and changes nothing, if students have submitted and the set of cells has changed.
    """
    course_dir = course_dir.resolve()
    gradebook = course_dir / "gradebook.db"
    before = _gradebook_cells(gradebook, name) if gradebook.exists() else None
    notes = list(_compare(before, _source_cells(course_dir, name), name)) if before else []
    logger.info("%s: making the students' notebook", name)
    text = released_text(course_dir, name, enter=True)
    file = course_dir / "release" / name / f"{name}.ipynb"
    changed = write_if_changed(file, text)
    version = nbformat.reads(text, as_version=4).metadata[OURS]["version"]
    return ReleaseResult(file, changed, version, tuple(notes))


def released_text(course_dir: Path, name: str, *, enter: bool = False) -> str:
    """Return the students' notebook as text; with `enter`, also enter the lesson in the gradebook."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(course_dir)
        config.CourseDirectory.assignment_id = name
        config.CourseDirectory.release_directory = folder
        config.GenerateAssignment.no_database = not enter
        if not enter:
            steps = config.GenerateAssignment.preprocessors
            config.GenerateAssignment.preprocessors = [step for step in steps if step is not SaveCells]
        log = _Log(name)
        directory = CourseDirectory(config=config, log=log.logger)
        try:
            GenerateAssignment(coursedir=directory, config=config, log=log.logger).start()
        except NbGraderException:
            cure = "fix the lesson's source; nothing was released"
            raise LessonError([Problem(name, f"nbgrader refuses it: {log.last_error()}", cure)]) from None
        return (Path(folder) / name / f"{name}.ipynb").read_text(encoding="utf-8")


class _Log(logging.Handler):
    """Collects nbgrader's errors, and keeps the rest of its log off the terminal."""

    def __init__(self, name: str) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []
        self.logger = logging.Logger(f"nbgrader.{name}")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())

    def last_error(self) -> str:
        """Return the last line of the last traceback, else of the last error."""
        tracebacks = [error for error in self.errors if error.startswith("Traceback")]
        return (tracebacks or self.errors or ["no reason given"])[-1].strip().splitlines()[-1]


def _source_cells(course_dir: Path, name: str) -> dict[str, float | None]:
    """Return the points of a built lesson's nbgrader cells by grade_id; None for an ungraded cell."""
    notebook = nbformat.read(course_dir / "source" / name / f"{name}.ipynb", as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: _points(cell) for cell in notebook.cells if "nbgrader" in cell.metadata
    }


def _points(cell: NotebookNode) -> float | None:
    return float(cell.metadata.nbgrader.points) if cell.metadata.nbgrader.grade else None


def _gradebook_cells(gradebook: Path, name: str) -> dict[str, float | None] | None:
    """Return the same from the gradebook; None if nobody has submitted yet."""
    with Gradebook(f"sqlite:///{gradebook}") as book:
        try:
            notebook = book.find_notebook(name, name)
        except MissingEntry:
            return None
        if not notebook.submissions:
            return None
        cells: dict[str, float | None] = {cell.name: None for cell in notebook.source_cells}
        return cells | {cell.name: float(cell.max_score) for cell in notebook.grade_cells}


def _compare(before: dict[str, float | None], now: dict[str, float | None], name: str) -> Iterator[str]:
    """Yield a note on changed points; raise `LessonError` for added or removed cells, which nbgrader refuses."""
    added, removed = sorted(now.keys() - before.keys()), sorted(before.keys() - now.keys())
    switched = sorted(key for key in now.keys() & before.keys() if (now[key] is None) != (before[key] is None))
    if added or removed or switched:
        lists = {"added": added, "removed": removed, "graded differently": switched}
        what = "; ".join(f"{word}: {', '.join(keys)}" for word, keys in lists.items() if keys)
        raise LessonError(
            [Problem(name, f"students have submitted it, and its cells have changed ({what})", CURE)]
        )
    moved = [key for key in now if now[key] != before[key]]
    if moved:
        listed = ", ".join(f"{key} {before[key]:g} to {now[key]:g}" for key in moved)
        yield f"points changed ({listed}): grade again with `autograder grade {name} --force`"


CURE = (
    "keep the cells until this class is graded, or release for the next class in a copy of this folder without "
    "gradebook.db, submitted/, autograded/ and feedback/"
)
