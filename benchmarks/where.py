"""Where a submission's time goes: clocks around the grader's functions, and a class graded in this process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from classroom import LESSON

from autograder.checking.check import Check
from autograder.gradebook.database import Gradebook
from autograder.grading import run, workers
from autograder.grading.grade import grade
from autograder.grading.judge import Limits, _SubmissionJudge
from autograder.grading.run import grade_lesson
from autograder.grading.submission import read_submission
from autograder.grading.workers import processes
from autograder.lesson.model import Lesson
from autograder.reports import feedback
from autograder.sealed.client import Client
from autograder.sealed.sandbox import Child

__all__ = ["of_exercises", "of_feedback", "of_grading", "private_memory", "warm_call"]

GRADING = (
    (run, "find_notebook", "find and read the file"),
    (run, "read_submission", "find and read the file"),
    (Gradebook, "fingerprint", "gradebook: is it graded already"),
    (workers, "grade", "grader: all else"),
    (_SubmissionJudge, "_fork", "fork and seal a child"),
    (Check, "verdict", "check: its own inputs and oracles"),
    (Client, "_ask", "values to and from the child"),
    (Client, "_wait", "wait while the student's code runs"),
    (_SubmissionJudge, "_draw", "draw figures"),
    (_SubmissionJudge, "end_children", "let go of the child"),
    (run, "write_autograded", "write the autograded notebook"),
    (Gradebook, "write", "gradebook: write"),
)
FEEDBACK = (
    (Gradebook, "record", "gradebook: read the record"),
    (Gradebook, "given", "gradebook: what a person gave"),
    (feedback, "pictures", "read the figures"),
    (feedback, "feedback_page", "render the page"),
    (feedback, "write_feedback", "write the file"),
)


class Clock:
    """Seconds by part, each excluding the parts inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = time.perf_counter()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._running[-1] if self._running else "the run: all else"] += now - self._since
        self._since = now

    @contextmanager
    def on(self, parts: tuple[tuple[Any, str, str], ...]) -> Iterator[Clock]:
        """Measure these parts, (owner, function name, label), within the block."""
        with ExitStack() as patched:
            for owner, name, label in parts:
                patched.enter_context(mock.patch.object(owner, name, self._timed(getattr(owner, name), label)))
            self._since = time.perf_counter()
            yield self
            self._turn()

    def _timed(self, function: Callable[..., Any], label: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            self._turn()
            self._running.append(label)
            try:
                return function(*arguments, **named)
            finally:
                self._turn()
                self._running.pop()

        return timed

    def each(self, count: int) -> dict[str, float]:
        """Return milliseconds per item of `count`, by part, largest first."""
        parts = {part: 1000 * seconds / count for part, seconds in self.seconds.items()}
        return dict(sorted(parts.items(), key=lambda part: -part[1]))


class Silent:
    """A listener that prints nothing."""

    def advance(self, student: str, problem: str) -> None:
        """Ignore a finished submission."""


def of_grading(lesson: Lesson, students: list[str], figures: str) -> dict[str, float]:
    """Return milliseconds per submission by part, in one process."""
    limits = Limits(figures=figures)
    with Gradebook(lesson.course_dir / "gradebook.db") as book, processes(1) as pool:
        grade_lesson(lesson, students[:2], book, pool, limits, Silent(), force=True)
        with Clock().on(GRADING) as clock:
            grade_lesson(lesson, students, book, pool, limits, Silent(), force=True)
    return clock.each(len(students))


def of_exercises(lesson: Lesson, students: list[str], figures: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return milliseconds of processor time by exercise, in the child and in the judge."""
    child_used: dict[str, float] = defaultdict(float)
    judge_used: dict[str, float] = defaultdict(float)
    judged = _SubmissionJudge._verdict

    def timed(judging: Any, cell: Any) -> Any:
        child, key = judging._ready_client().child, cell.exercise.key
        before, began = child.processor(), time.process_time()
        try:
            return judged(judging, cell)
        finally:
            child_used[key] += 1000 * (child.processor() - before) / len(students)
            judge_used[key] += 1000 * (time.process_time() - began) / len(students)

    with mock.patch.object(_SubmissionJudge, "_verdict", timed):
        for student in students:
            submission = read_submission(_file(lesson, student), lesson, student)
            grade(submission, lesson, Limits(figures=figures), seed=1)
    return child_used, judge_used


def of_feedback(lesson: Lesson, students: list[str]) -> dict[str, float]:
    """Return milliseconds per feedback page, by part."""
    with Gradebook(lesson.course_dir / "gradebook.db") as book, Clock().on(FEEDBACK) as clock:
        for record in book.records(lesson.name, set(students)):
            feedback.write_feedback(lesson, record, book.given(lesson.name, record.student))
    return clock.each(len(students))


def warm_call(lesson: Lesson, students: list[str]) -> float:
    """Return the median seconds of a `grade` call, after a first one has warmed up the sandbox."""
    seconds = []
    for student in students:
        submission = read_submission(_file(lesson, student), lesson, student)
        began = time.perf_counter()
        grade(submission, lesson, Limits(figures="none"), seed=1)
        seconds.append(time.perf_counter() - began)
    return median(seconds[1:])


def private_memory(lesson: Lesson, student: str, figures: str) -> float:
    """Return the MB of memory private to a sandbox child while its submission is judged."""
    found: list[int] = []
    end = Child.kill_nowait

    def weigh(child: Child) -> None:
        lines = Path(f"/proc/{child._pid}/smaps_rollup").read_text().splitlines()
        found.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private")))
        end(child)

    with mock.patch.object(Child, "kill_nowait", weigh):
        grade(read_submission(_file(lesson, student), lesson, student), lesson, Limits(figures=figures), seed=1)
    return max(found) / 1024


def _file(lesson: Lesson, student: str) -> Path:
    return lesson.course_dir / "submitted" / student / LESSON / f"{LESSON}.ipynb"
