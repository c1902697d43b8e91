"""A grading run: read the submissions, have workers grade them, and be the only writer of the results.

To resume a killed run, rerun the command: what was written is kept, since each submission's fingerprint is stored
beside its grades.
"""

from __future__ import annotations

import contextlib
import hmac
import logging
import os
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from autograder.atomic_file import replacing
from autograder.gradebook.database import Gradebook
from autograder.lesson.model import Lesson
from autograder.records.record import Record
from autograder.reports.autograded import autograded_path, write_autograded

from .fingerprint import fingerprint, grading_digest
from .submission import Submission, Unreadable, find_notebook, read_submission, student_name
from .workers import Task, WorkerPool

if TYPE_CHECKING:
    from .judge import Limits

__all__ = ["Busy", "GradingJob", "Progress", "RunSummary", "course_lock", "grade_lesson", "handed_in"]

logger = logging.getLogger(__name__)

BATCH, SECONDS = 64, 2.0  # records are written after this many submissions, or this long


class Busy(RuntimeError):
    """Another grader is working on this course; the message names its process."""


class Progress(Protocol):
    """A listener to a run, such as a progress bar."""

    def advance(self, student: str, problem: str) -> None:
        """Count one more finished submission; `problem` is empty if all is well."""


@dataclass(frozen=True)
class GradingJob:
    """A lesson as one run grades it: `packed` for the workers, with the instructor's secret."""

    lesson: Lesson
    limits: Limits
    packed: bytes
    secret: bytes
    digest: str

    @classmethod
    def of(cls, lesson: Lesson, limits: Limits) -> GradingJob:
        """Prepare a lesson; the first run on a course draws the secret."""
        secret = _secret(lesson.course_dir)
        return cls(lesson, limits, pickle.dumps(lesson), secret, grading_digest(lesson, limits))

    def task(self, submission: Submission) -> Task:
        """Make a submission's task; the seed of the hidden inputs derives from its content and the secret."""
        work = submission.digest
        drawn = hmac.digest(self.secret, work.encode(), "sha256")
        vouching = fingerprint(self.digest, work)
        return Task(submission, self.packed, self.limits, int.from_bytes(drawn[:8], "big"), vouching)


@dataclass
class RunSummary:
    """What a run did: how many it graded and skipped as graded already, and a sentence for each problem."""

    graded: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    changed: list[tuple[str, float, float]] = field(default_factory=list)


def handed_in(course_dir: Path, lesson: str, only: str | None = None) -> list[str]:
    """Return the students who handed in the lesson, sorted; `only` selects one, or raises `Unreadable`."""
    submitted = course_dir / "submitted"
    if only is not None:
        student_name(only)
        if not _is_there(submitted / only / lesson):
            raise Unreadable(f"{only}: there is no folder {submitted / only / lesson}, so nothing was handed in.")
        return [only]
    with contextlib.suppress(FileNotFoundError), os.scandir(submitted) as entries:
        return sorted(entry.name for entry in entries if _is_there(os.path.join(entry.path, lesson)))
    return []


def _is_there(folder: str | Path) -> bool:
    """Return True for folders and symlinks, even dangling ones, which the reader reports."""
    return os.path.isdir(folder) or os.path.islink(folder)


def grade_lesson(
    lesson: Lesson,
    students: Sequence[str],
    book: Gradebook,
    pool: WorkerPool,
    limits: Limits,
    progress: Progress,
    force: bool = False,
) -> RunSummary:
    """Grade these students' submissions; regrade those already graded only with `force`.

    The lesson must be in the gradebook (`Gradebook.enter`).
    """
    run = RunSummary()
    tasks = _tasks(lesson, students, book, limits, progress, run, force)
    batch: list[Record] = []
    written = time.monotonic()
    for record in pool.records(tasks):
        batch.append(record)
        if len(batch) >= BATCH or time.monotonic() - written > SECONDS:
            _write(lesson, batch, book, run)
            written = time.monotonic()
        progress.advance(record.student, record.problem)
    _write(lesson, batch, book, run)
    return run


def _tasks(
    lesson: Lesson,
    students: Sequence[str],
    book: Gradebook,
    limits: Limits,
    progress: Progress,
    run: RunSummary,
    force: bool,
) -> Iterator[Task]:
    """Read the submissions one by one; skip the unreadable, as problems, and those already graded."""
    job = GradingJob.of(lesson, limits)
    for student in students:
        folder = lesson.course_dir / "submitted" / student / lesson.name
        try:
            student_name(student)
            path, notes = find_notebook(folder, lesson.name, student)
            submission = read_submission(path, lesson, student, notes)
        except (Unreadable, OSError) as error:
            problem = str(error)
            if not isinstance(error, Unreadable):
                problem = f"{student}: {folder} cannot be read ({error}). Fix that and grade again."
            run.problems.append(problem)
            progress.advance(student, problem)
            continue
        task = job.task(submission)
        there = autograded_path(lesson.course_dir, lesson.name, student).exists()
        if not force and there and task.fingerprint == book.fingerprint(lesson.name, student):
            logger.info("%s: %s is already graded", student, lesson.name)
            run.skipped += 1
            progress.advance(student, "")
            continue
        yield task


def _write(lesson: Lesson, batch: list[Record], book: Gradebook, run: RunSummary) -> None:
    """Write the notebooks, then the grades in one transaction, whose fingerprints vouch for both."""
    good = [record for record in batch if not record.failed]
    for record in good:
        write_autograded(lesson.course_dir, lesson, record)
        before = book.earlier(lesson.name, record.student)
        if before is not None and before.score != record.score:
            run.changed.append((record.student, before.score, record.score))
    book.write(good)
    logger.info("%s: %d records written", lesson.name, len(good))
    run.graded += len(good)
    run.problems += [record.problem for record in batch if record.problem]
    batch.clear()


def _secret(course_dir: Path) -> bytes:
    """Return the instructor's secret, which seeds the hidden inputs; draw it on the first run."""
    path = course_dir / ".autograder-secret"
    if not path.exists():
        with replacing(path, mode=0o600) as file:
            file.write(os.urandom(32))
    return path.read_bytes()


@contextlib.contextmanager
def course_lock(course_dir: Path) -> Iterator[None]:
    """Lock the course until this process ends or lets go; raise `Busy` while another grader holds it."""
    import fcntl

    with (course_dir / ".autograder-lock").open("a+") as file:
        try:
            # not flock, which a forked child would go on holding
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            other = file.read(20).strip() or "unknown"
            raise Busy(
                f"another grader (process {other}) is working on {course_dir}; wait until it is done."
            ) from error
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
