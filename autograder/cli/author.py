"""The author's commands: build, release, verify."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from autograder.lesson.model import lesson_names
from autograder.records.problem import LessonError, Problem

__all__ = ["build", "release", "verify"]

course_option = click.option(
    "--course-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds source/; by default this one.",
)
lessons_argument = click.argument("lessons", nargs=-1)


def telling(command: Callable[..., None]) -> Callable[..., None]:
    """Print a `LessonError` as a list of places and cures, and end with exit code 1."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except LessonError as error:
            tell(error.problems)
            sys.exit(1)

    return told


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on standard error."""
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)


def chosen(course_dir: Path, lessons: tuple[str, ...]) -> list[str]:
    """The named lessons, or all of them; raise a `LessonError` for a name that the course does not have."""
    known = lesson_names(course_dir)
    if unknown := [name for name in lessons if name not in known]:
        cure = f"choose from: {', '.join(known)}" if known else "write source/<lesson>/<lesson>.py first"
        raise LessonError([Problem(name, f"{course_dir}/source has no such lesson", cure) for name in unknown])
    return list(lessons) or known


@click.command()
@lessons_argument
@course_option
@telling
def build(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Make the solution notebooks of LESSONS (all of them, if none is named)."""
    from autograder.authoring.build import build_to_file

    for name in chosen(course_dir, lessons):
        changed = build_to_file(course_dir, name)
        click.echo(f"source/{name}/{name}.ipynb: {'written' if changed else 'up to date'}")


@click.command()
@lessons_argument
@course_option
@telling
def release(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Build LESSONS (all of them, if none is named), make the students' notebooks, and fill dist/student/.

    The lessons are entered in gradebook.db; an instructor's grades in it stay as they are.
    """
    from autograder.authoring.build import build_to_file
    from autograder.authoring.package import write_package
    from autograder.gradebook.release import release

    for name in chosen(course_dir, lessons):
        build_to_file(course_dir, name)
        released = release(course_dir, name)
        state = "written" if released.changed else "up to date"
        click.echo(f"{released.file.relative_to(course_dir.resolve())}: {state}, version {released.version}")
        for note in released.notes:
            click.echo(f"  ! {note}")
    folder = course_dir / "dist" / "student"
    files = write_package(course_dir, folder)
    click.echo(f"{folder}: {len(files)} files to hand out")


@click.command()
@lessons_argument
@course_option
@telling
def verify(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Prove LESSONS (all of them, if none is named): scores, diagnoses, hints, alt text, leaks, freshness.

    Ends with exit code 1 if anything does not hold.
    """
    from rich.console import Console

    from autograder.authoring.verify import as_table, verify

    console = Console()
    with console.status("proving") as status:
        findings = verify(
            course_dir, chosen(course_dir, lessons), lambda lesson, proof: status.update(f"{lesson}: {proof}")
        )
    problems = dict.fromkeys(problem for finding in findings for problem in finding.problems)
    tell(problems)
    console.print(as_table(findings))
    if not findings:
        click.echo("there is no lesson in source/", err=True)
    if problems or not findings:
        sys.exit(1)
