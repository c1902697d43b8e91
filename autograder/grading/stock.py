"""Stock `nbgrader autograde` through the sealed judge: one step replaces all that clean and run a notebook.

For one submission, the step does what `autograder grade` does for a class, with the same reader, judge, gradebook
and notebook: the scores agree, and each knows what the other has graded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, NbGraderPreprocessor
from sqlalchemy.engine import make_url
from traitlets.config import Config

from autograder.gradebook import settings
from autograder.gradebook.database import Gradebook
from autograder.gradebook.entry import enter_lesson
from autograder.lesson.model import Lesson
from autograder.reports.autograded import autograded_notebook

from .judge import Limits
from .run import GradingJob
from .submission import find_notebook, read_submission
from .workers import perform

__all__ = ["SealedGrading", "configure"]


class SealedGrading(NbGraderPreprocessor):  # type: ignore[misc]
    """Autograde: judge the submission behind a notebook, enter its grades, return our copy with its answers."""

    def preprocess(self, notebook: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade the file that was handed in, and ignore the notebook that nbgrader read from it."""
        about = resources["nbgrader"]
        path = Path(str(make_url(about["db_url"]).database))
        lesson = Lesson.load(path.parent, about["assignment"])
        student = about["student"]
        handed_in, notes = find_notebook(path.parent / "submitted" / student / lesson.name, lesson.name, student)
        submission = read_submission(handed_in, lesson, student, notes)
        record = perform(GradingJob.of(lesson, Limits()).task(submission))
        if record.problem:
            self.log.error(record.problem)
        if record.failed:
            raise RuntimeError(record.problem)
        with Gradebook(path) as book:
            enter_lesson(book, lesson)
            book.write([record])
        return nbformat.from_dict(autograded_notebook(lesson, record)), resources


def configure(config: Config, course_dir: Path) -> None:
    """Set nbgrader up for the course in `course_dir`, as `nbgrader_config.py` does.

    `SealedGrading` is then the only step of autograding.
    """
    settings.configure(config, course_dir)
    config.Autograde.sanitize_preprocessors = [SealedGrading]
    config.Autograde.autograde_preprocessors = [AssignLatePenalties, CheckCellMetadata]
