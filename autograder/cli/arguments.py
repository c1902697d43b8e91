"""What several commands share: their options and arguments, the choice of lessons, and how problems are shown."""

from __future__ import annotations

import difflib
import logging
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from autograder.lesson.model import Lesson, lesson_names
from autograder.records.problem import LessonError, Problem

__all__ = ["any_lessons", "chosen", "course_option", "loaded", "some_lessons", "tell", "telling", "verbose_option"]

LINE = "%(asctime)s %(process)d %(name)s: %(message)s"

any_lessons = click.argument("lessons", nargs=-1, metavar="[LESSON]...")
some_lessons = click.argument("lessons", nargs=-1, required=True, metavar="LESSON...")
course_option = click.option(
    "--course-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds source/; by default this one.",
)


def _log(context: click.Context, parameter: click.Parameter, verbose: bool) -> None:
    """Log to standard error until the command ends."""
    if not verbose:
        return
    logger = logging.getLogger("autograder")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)

    def stop() -> None:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)

    context.call_on_close(stop)


verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_log,
    help="Log each step, and how long it takes, to standard error.",
)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on standard error."""
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)


def telling(command: Callable[..., None]) -> Callable[..., None]:
    """Print a `LessonError` as a list of places and cures, and exit with code 1."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except LessonError as error:
            tell(error.problems)
            sys.exit(1)

    return told


def chosen(course_dir: Path, names: tuple[str, ...]) -> list[str]:
    """Return the named lessons, or all if none is named; raise a `LessonError` with the nearest names."""
    known = lesson_names(course_dir)
    problems = [
        Problem(name, f"{course_dir}/source has no such lesson", _cure(name, known))
        for name in names
        if name not in known
    ]
    if problems:
        raise LessonError(problems)
    return list(names) or known


def _cure(name: str, known: list[str]) -> str:
    if not known:
        return "write source/<lesson>/<lesson>.py first"
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"choose from: {', '.join(known)}"


def loaded(course_dir: Path, names: tuple[str, ...]) -> list[Lesson]:
    """Load the named lessons."""
    return [Lesson.load(course_dir.resolve(), name) for name in chosen(course_dir, names)]
