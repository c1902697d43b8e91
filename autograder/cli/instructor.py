"""The instructor's commands: grade, feedback, check, report."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.atomic_file import replacing
from autograder.lesson.model import Lesson
from autograder.records.printable import printable
from autograder.records.problem import LessonError, Problem
from autograder.sealed.sandbox import ACCEPT_RISK, SandboxMissing

from .arguments import course_option, loaded, some_lessons, tell, verbose_option

if TYPE_CHECKING:
    from autograder.gradebook.database import Gradebook
    from autograder.grading.judge import Limits
    from autograder.grading.run import RunSummary
    from autograder.grading.workers import WorkerPool
    from autograder.records.record import Record

__all__ = ["check", "feedback", "grade", "report"]

ALL_GRADED, PROBLEMS, NOT_STARTED = 0, 1, 2
WORTH_A_PROCESS = 8  # submissions per process: starting one takes as long as grading a few

student_option = click.option(
    "--student", metavar="ID", help="Only this student, named as the folder in submitted/."
)
figures_option = click.option(
    "--figures",
    type=click.Choice(["graded", "all", "none"]),
    default="graded",
    show_default=True,
    help="Which figures to draw: those graded by hand, all, or none.",
)


unsealed_option = click.option(
    ACCEPT_RISK, "unsealed", is_flag=True, help="Grade without a sandbox: a submission can do anything you can."
)


@contextmanager
def starting() -> Iterator[None]:
    """Print why a command cannot start, and exit with code 2."""
    from autograder.gradebook.database import GradebookError
    from autograder.grading.run import Busy
    from autograder.grading.submission import Unreadable

    try:
        yield
    except LessonError as error:
        tell(error.problems)
        sys.exit(NOT_STARTED)
    except (Busy, GradebookError, SandboxMissing, Unreadable, OSError) as error:
        click.echo(f"✗ {error}", err=True)
        sys.exit(NOT_STARTED)


@click.command()
@some_lessons
@course_option
@verbose_option
@student_option
@click.option("--workers", type=click.IntRange(1, 256), help="Processes on this machine; default: one per core.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on this scheduler's Dask cluster instead.")
@figures_option
@click.option("--force", is_flag=True, help="Regrade what is already graded; manual grades stay.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the records to this file."
)
@unsealed_option
def grade(
    lessons: tuple[str, ...],
    course_dir: Path,
    student: str | None,
    workers: int | None,
    scheduler: str | None,
    figures: str,
    force: bool,
    json_file: Path | None,
    unsealed: bool,
) -> None:
    """Grade the submissions of each LESSON: from submitted/ to gradebook.db and autograded/.

    Skips what is already graded, so rerun the command to resume an interrupted run.

    Exit code 0: all graded (waiting for a person is no problem); 1: some submissions, named, could not be graded;
    2: grading could not start.
    """
    from autograder.gradebook.database import Gradebook, GradebookError
    from autograder.gradebook.entry import enter_lesson
    from autograder.grading.judge import Limits
    from autograder.grading.run import course_lock, handed_in

    with ExitStack() as held:
        with starting():
            course_dir = course_dir.resolve()
            models = loaded(course_dir, lessons)
            students = {model.name: handed_in(course_dir, model.name, student) for model in models}
            limits = Limits(figures=figures, sealed=not unsealed)
            held.enter_context(course_lock(course_dir))
            book = held.enter_context(Gradebook(course_dir / "gradebook.db"))
            pool = held.enter_context(_pool(workers, scheduler, sum(map(len, students.values()))))
            for model in models:
                enter_lesson(book, model)
        try:
            runs = [_grade_one(model, students[model.name], book, pool, limits, force) for model in models]
            if json_file is not None:
                only = None if student is None else {student}
                _write_json(json_file, (record for model in models for record in book.records(model.name, only)))
        except SandboxMissing as error:
            click.echo(f"✗ {error}", err=True)
            sys.exit(NOT_STARTED)
        except (GradebookError, OSError) as error:
            click.echo(f"✗ {_trouble(error)}", err=True)
            sys.exit(PROBLEMS)
    sys.exit(PROBLEMS if any(run.problems for run in runs) else ALL_GRADED)


def _trouble(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"the disk is full ({error.filename}). Free some space and rerun: what is graded stays graded."
    return str(error)


def _grade_one(
    lesson: Lesson, students: list[str], book: Gradebook, pool: WorkerPool, limits: Limits, force: bool
) -> RunSummary:
    from autograder.grading.run import grade_lesson

    from .progress import Bar

    with Bar(lesson.name, len(students)) as bar:
        run = grade_lesson(lesson, students, book, pool, limits, bar, force)
    if not students:
        click.echo(f"{lesson.name}: no submissions found in submitted/<student>/{lesson.name}/.")
    else:
        said = f"{lesson.name}: {run.graded} graded, {run.skipped} already graded, {len(run.problems)} problems"
        click.echo(said)
    for student, before, now in run.changed:
        click.echo(f"  {printable(student)}: {before:g} points before, {now:g} now")
    return run


def _pool(workers: int | None, scheduler: str | None, count: int) -> WorkerPool:
    """Choose the worker pool: a cluster, or as many processes as cores and submissions justify."""
    from autograder.grading.workers import cluster, processes

    if scheduler is not None:
        return cluster(scheduler)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processes(workers or max(1, min(cores, count // WORTH_A_PROCESS)))


def _write_json(file: Path, records: Iterable[Record]) -> None:
    """Write records as a JSON list, one at a time: a class need not fit into memory."""
    with replacing(file) as stream:
        stream.write(b"[")
        for number, record in enumerate(records):
            stream.write(b",\n" if number else b"\n")
            more = {"score": record.score, "waiting": record.waiting}
            stream.write(json.dumps(asdict(record) | more).encode())
        stream.write(b"\n]\n")


@click.command()
@some_lessons
@course_option
@verbose_option
@student_option
def feedback(lessons: tuple[str, ...], course_dir: Path, student: str | None) -> None:
    """Write a feedback page for each graded submission of each LESSON into feedback/.

    A page shows the verdicts, the student's answers, and the points and comments from formgrader.
    """
    from autograder.gradebook.database import Gradebook
    from autograder.reports.feedback import write_feedback

    from .progress import Bar

    pages = 0
    with starting():
        models = loaded(course_dir, lessons)
        path = course_dir.resolve() / "gradebook.db"
        if not path.exists():
            raise LessonError([Problem(str(path), "there is no gradebook", "run `autograder grade` first")])
        with Gradebook(path) as book:
            only = None if student is None else {student}
            for model in models:
                with Bar(model.name, book.count(model.name) if only is None else 1) as bar:
                    for record in book.records(model.name, only):
                        given = book.given(model.name, record.student)
                        write_feedback(model, record, given, book.late_penalty(model.name, record.student))
                        bar.advance(record.student)
                        pages += 1
    click.echo(f"{pages} pages written to {course_dir / 'feedback'}/")
    if not pages:
        click.echo("✗ nothing graded yet: run `autograder grade` first.", err=True)
        sys.exit(PROBLEMS)


@click.command()
@click.argument("notebook", metavar="FILE", type=click.Path(path_type=Path))
@course_option
@verbose_option
@click.option("--lesson", metavar="LESSON", help="The lesson, if the notebook does not name it.")
@unsealed_option
def check(notebook: Path, course_dir: Path, lesson: str | None, unsealed: bool) -> None:
    """Grade one notebook, FILE, and print its verdicts. Writes nothing."""
    from autograder.grading.judge import Limits, warm_up

    with starting():
        limits = Limits(figures="none", sealed=not unsealed)
        warm_up(limits)  # starts while the rest is imported and read
        from autograder.grading.grade import grade as grade_here
        from autograder.grading.submission import lesson_named_in, read_submission

        name = lesson or lesson_named_in(notebook) or notebook.stem
        (model,) = loaded(course_dir, (name,))
        submission = read_submission(notebook, model, notebook.stem)
        record = grade_here(submission, model, limits, int.from_bytes(os.urandom(8), "big"))
    for line in _lines(model, record):
        click.echo(line)
    sys.exit(PROBLEMS if record.problem else ALL_GRADED)


def _lines(lesson: Lesson, record: Record) -> Iterator[str]:
    """Format a record as plain lines."""
    grades = {each.cell: each for each in record.grades}
    for note in (*record.notes, *filter(None, [record.problem])):
        yield f"! {printable(note)}"
    for verdict in record.verdicts:
        exercise = lesson.by_key[verdict.key]
        cell = grades[str(exercise.test_id)]
        points = "?" if cell.points is None else f"{cell.points:g}"
        yield f"{verdict.key}: {verdict.outcome}, {points} of {cell.out_of:g}{_label(verdict.misconception)}"
        if verdict.fraction < 1:
            yield from (f"    {printable(line)}" for line in verdict.text.splitlines())
    locked = sum(predicted.counts for predicted in record.predictions)
    yield f"predictions: {locked} of {len(record.predictions)} locked in time"
    total = sum(cell.out_of for cell in record.grades)
    yield f"score: {record.score:g} of {total:g}; {record.waiting:g} more wait for a person"


def _label(label: str) -> str:
    return f" ({label})" if label else ""


@click.command()
@some_lessons
@course_option
@verbose_option
def report(lessons: tuple[str, ...], course_dir: Path) -> None:
    """Show how the class did on each LESSON: outcomes, misconceptions, and predictions."""
    from rich.console import Console

    from autograder.gradebook.database import Gradebook
    from autograder.reports.class_report import ClassReport, tables

    console = Console()
    with starting():
        models = loaded(course_dir, lessons)
        with Gradebook(course_dir.resolve() / "gradebook.db") as book:
            for model in models:
                for table in tables(ClassReport.of(model.name, book.records(model.name))):
                    console.print(table)
