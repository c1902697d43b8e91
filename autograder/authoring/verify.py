"""Prove a course: run every proof on every lesson, and tabulate the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from autograder.gradebook.release import released_text
from autograder.records.problem import LessonError, Problem

from .course_checks import PROOFS, Subject

__all__ = ["Finding", "as_table", "prove", "refuse_unverified", "verify"]

OF_THE_RELEASE = ("products are fresh", "nothing leaks")


@dataclass(frozen=True)
class Finding:
    """The result of one proof on one lesson: how many items hold, and the problems."""

    lesson: str
    proof: str
    held: int
    problems: tuple[Problem, ...]


def verify(
    course_dir: Path, lessons: Sequence[str], told: Callable[[str, str], None] = lambda lesson, proof: None
) -> list[Finding]:
    """Run all proofs on `lessons`; call `told(lesson, proof)` before each."""
    findings = []
    for name in lessons:
        subject = Subject(course_dir.resolve(), name)
        for title in PROOFS:
            told(name, title)
            findings.append(prove(subject, title))
    return findings


def prove(subject: Subject, title: str) -> Finding:
    """Run one proof on one lesson; keep what it found even if a `LessonError` stops it."""
    results: list[Problem | None] = []
    try:
        for result in PROOFS[title](subject):
            results.append(result)
    except LessonError as error:
        results += error.problems
    problems = tuple(result for result in results if result is not None)
    return Finding(subject.name, title, len(results) - len(problems), problems)


def refuse_unverified(course_dir: Path, name: str) -> None:
    """Raise a `LessonError` with all that `verify` finds wrong in a lesson about to be released.

    Skips the proofs that only the release itself can satisfy (`OF_THE_RELEASE`).
    """
    subject = Subject(course_dir.resolve(), name, released_text(course_dir.resolve(), name))
    asked = [title for title in PROOFS if title not in OF_THE_RELEASE]
    problems = [problem for title in asked for problem in prove(subject, title).problems]
    if problems:
        raise LessonError(dict.fromkeys(problems))


def as_table(findings: Sequence[Finding]) -> Table:
    """Return a table with a row per proof and a column per lesson number: how many items hold or fail."""
    lessons = list(dict.fromkeys(finding.lesson for finding in findings))
    cells = {(finding.proof, finding.lesson): finding for finding in findings}
    table = Table(title="Course verification")
    table.add_column("proof")
    for lesson in lessons:
        table.add_column(lesson.split("-")[0], justify="right")
    for proof in PROOFS:
        table.add_row(proof, *(_cell(cells[proof, lesson]) for lesson in lessons))
    return table


def _cell(finding: Finding) -> str:
    if finding.problems:
        return f"[red]✗ {len(finding.problems)}[/red]"
    return f"[green]✓[/green] {finding.held}"
