"""The author's scaffolds: `autograder new lesson` and `autograder new exercise`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .arguments import course_option, telling, verbose_option

if TYPE_CHECKING:
    from autograder.authoring.scaffold import Todo

__all__ = ["new"]


@click.group()
def new() -> None:
    """Start a lesson or an exercise that builds and verifies at once, and list what to fill in."""


@new.command()
@click.argument("name")
@course_option
@verbose_option
@telling
def lesson(name: str, course_dir: Path) -> None:
    """Make source/NAME/ with a prediction and an exercise. NAME is a number and words: 07-my-lesson."""
    from autograder.authoring.scaffold import new_lesson

    _show(new_lesson(course_dir, name), name)


@new.command()
@click.argument("lesson")
@click.argument("key")
@course_option
@verbose_option
@telling
def exercise(lesson: str, key: str, course_dir: Path) -> None:
    """Add exercise KEY to LESSON: cells in the lesson's source, and a check in checks/KEY.py."""
    from autograder.authoring.scaffold import new_exercise

    _show(new_exercise(course_dir, lesson, key), lesson)


def _show(todos: Sequence[Todo], lesson: str) -> None:
    for todo in todos:
        click.echo(f"{todo.file}:{todo.line}: {todo.text}")
    click.echo(
        f"It verifies as is. Fill in the lines above, then: autograder release {lesson} && autograder verify"
    )
