"""What commands share: options and arguments, the choice of lessons, and how problems are printed."""

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
from autograder.log import log_to_stderr
from autograder.records.problem import LessonError, Problem

__all__ = ["any_lessons", "chosen", "course_option", "loaded", "some_lessons", "tell", "telling", "verbose_option"]

any_lessons = click.argument("lessons", nargs=-1, metavar="[LESSON]...")
some_lessons = click.argument("lessons", nargs=-1, required=True, metavar="LESSON...")
course_option = click.option(
    "--course-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds source/; default: the current one.",
)


def _log(context: click.Context, parameter: click.Parameter, verbose: bool) -> None:
    """Log to standard error until the command ends."""
    if verbose:
        context.call_on_close(log_to_stderr(logging.DEBUG))


verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_log,
    help="Log each step and its duration to standard error.",
)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on standard error."""
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)


def telling(command: Callable[..., None]) -> Callable[..., None]:
    """Make a command print the problems of a `LessonError` and exit with code 1."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except LessonError as error:
            tell(error.problems)
            sys.exit(1)

    return told


def chosen(course_dir: Path, names: tuple[str, ...]) -> list[str]:
    """Return the named lessons, or all if none is named; a `LessonError` suggests the nearest name."""
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
    """Load the lessons that `chosen` returns."""
    return [Lesson.load(course_dir.resolve(), name) for name in chosen(course_dir, names)]
