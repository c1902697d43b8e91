"""Enter a released lesson in the gradebook, as nbgrader's own release does."""

from __future__ import annotations

from autograder.lesson.model import Lesson

from .database import Gradebook, GradebookError, explain

__all__ = ["enter_lesson"]


def enter_lesson(book: Gradebook, lesson: Lesson) -> None:
    """Enter the lesson's graded cells, unless the gradebook already holds them as they are.

    Raises `GradebookError` if another program is writing to the gradebook.
    """
    if book.holds(lesson):
        return
    # imported late: nbgrader takes seconds to import, and a lesson is entered once
    from sqlalchemy.exc import OperationalError

    from .release import released_text

    try:
        released_text(lesson.course_dir, lesson.name, enter=True)
    except OperationalError as error:
        raise GradebookError(f"{book.path}: {explain(error)}") from error
