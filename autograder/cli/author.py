"""The author's commands: build, release, verify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .arguments import any_lessons, chosen, course_option, tell, telling, verbose_option

__all__ = ["build", "release", "verify"]


@click.command()
@any_lessons
@course_option
@verbose_option
@telling
def build(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Build the solution notebook of each LESSON (default: all)."""
    from autograder.authoring.build import build_to_file

    for name in chosen(course_dir, lessons):
        changed = build_to_file(course_dir, name)
        click.echo(f"source/{name}/{name}.ipynb: {'written' if changed else 'up to date'}")


@click.command()
@any_lessons
@course_option
@verbose_option
@telling
def release(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Build each LESSON (default: all), release its students' notebook, and fill dist/student/.

    Enters the lessons in gradebook.db and leaves manual grades there untouched.
    """
    from autograder.authoring.build import build_to_file
    from autograder.authoring.package import write_package
    from autograder.authoring.scaffold import todos_of
    from autograder.authoring.verify import refuse_unverified
    from autograder.gradebook.release import release

    for name in chosen(course_dir, lessons):
        build_to_file(course_dir, name)
        refuse_unverified(course_dir, name)
        released = release(course_dir, name)
        state = "written" if released.changed else "up to date"
        click.echo(f"{released.file.relative_to(course_dir.resolve())}: {state}, version {released.version}")
        for todo in todos_of(course_dir, name):
            click.echo(f"  ! {todo.file}:{todo.line} is still to be filled in")
        for note in released.notes:
            click.echo(f"  ! {note}")
    folder = course_dir / "dist" / "student"
    files = write_package(course_dir, folder)
    click.echo(f"{folder}: {len(files)} files to hand out")


@click.command()
@any_lessons
@course_option
@verbose_option
@telling
def verify(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Prove each LESSON (default: all): scores, misconceptions, hints, alt text, leaks, freshness.

    Exits with code 1 if any proof fails.
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
        click.echo("source/ holds no lessons", err=True)
    if problems or not findings:
        sys.exit(1)
