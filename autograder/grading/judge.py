"""Judge the answers of one submission: run them in a sealed child, and check from here what they do.

Exercises are judged in the order of the lesson, each right after its own cell. Where an answer does not get full
marks, the later ones run in a fresh child in which its names are bound to the reference's (see `reference`).
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import io
import os
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.checking.check import Check, clocked
from autograder.lesson.model import Exercise, Lesson
from autograder.records.verdict import Outcome, Verdict
from autograder.sealed.client import Client, Meter, OutOfLimits
from autograder.sealed.errors import is_student_error
from autograder.sealed.png import png
from autograder.sealed.sandbox import Child, SandboxMissing, Zygote

from .reference import Reference

__all__ = ["Judgement", "Limits", "judge", "warm_up"]

TRIES = 3  # where the machine may be to blame for a failure


@dataclass(frozen=True)
class Limits:
    """What each exercise may use, cell and calls together.

    `processor` and `wall` in seconds, `memory` in bytes. `figures` says for which exercises a figure is drawn:
    those that a person grades ("graded"), "all", or "none". `sealed` False runs without the sandbox.
    """

    processor: float = 10.0
    wall: float = 30.0
    memory: int = 2 << 30
    figures: str = "graded"
    sealed: bool = True


@dataclass(frozen=True)
class Judgement:
    """What judging found: verdicts, printed text and figures (PNG) by key, all plain data.

    `errors` holds the traceback of a check that broke, for the instructor alone. `replaced` are the keys of the
    answers in whose place the reference's stood for later ones.
    """

    verdicts: Mapping[str, Verdict]
    printed: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()


def judge(lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> Judgement:
    """Judge the answers, source by key. `seed` is of this submission: every input is drawn from it.

    Raises `SandboxMissing` where the sandbox is asked for and cannot be built.
    """
    with _one_at_a_time:
        judging = _Judging(lesson, answers, limits, seed)
        try:
            for exercise in lesson.exercises:
                if exercise.kind == "code" and exercise.key in judging.checks:
                    judging.decide(exercise)
        finally:
            judging.end()
    return judging.judgement()


def warm_up(limits: Limits) -> None:
    """Start what the first judgement would have to wait for, and do not wait for it here."""
    with _one_at_a_time:
        _zygote(limits.sealed)


@dataclass
class _Cell:
    """An answer that is behind us: its source, whether it runs in later children, whether a stub replaces it."""

    exercise: Exercise
    source: str
    runs: bool = True
    replaced: bool = False


class _Judging:
    """One submission under judgement: the talk with its present child, and what is settled."""

    def __init__(self, lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> None:
        self.checks: dict[str, Check] = lesson.checks()
        self._lesson = lesson
        self._answers = answers
        self._limits = limits
        self._seed = seed
        self._talk: Client | None = None
        self._reference = Reference(lesson, self._fork)
        self._settled: list[_Cell] = []
        self._verdicts: dict[str, Verdict] = {}
        self._printed: dict[str, str] = {}
        self._figures: dict[str, tuple[bytes, ...]] = {}
        self._errors: dict[str, str] = {}

    def judgement(self) -> Judgement:
        """Give what was found."""
        replaced = tuple(cell.exercise.key for cell in self._settled if cell.replaced)
        return Judgement(self._verdicts, self._printed, self._figures, self._errors, replaced)

    def decide(self, exercise: Exercise) -> None:
        """Settle one exercise."""
        key, source = exercise.key, self._answers.get(exercise.key, "")
        cell = _Cell(exercise, source)
        if not source.strip() or source.strip() == exercise.stub.strip():
            cell.source = exercise.stub
            self._verdicts[key] = Verdict.not_written(key)
        else:
            self._verdicts[key] = self._attempted(cell)
        self._settled.append(cell)
        if self._verdicts[key].fraction < 1:
            cell.replaced = True
            self.end()  # the next exercise has a fresh child

    def end(self) -> None:
        """End the present child, and the reference's."""
        if self._talk is not None:
            self._talk.child.kill_nowait()
            self._talk = None
        self._reference.end()

    def _attempted(self, cell: _Cell) -> Verdict:
        """Judge an answer; again where that may have gone wrong through no fault of its own."""
        key, tries = cell.exercise.key, 0
        while True:
            tries += 1
            try:
                return self._verdict(cell)
            except OutOfLimits as limit:
                self.end()
                if limit.retryable and tries < TRIES:
                    continue
                if limit.zygote_died:
                    return self._broken(key)
                return Verdict(key, Outcome.OUT_OF_LIMITS, 0.0, message=f"`{key}` was stopped: {limit.reason}.")
            except SandboxMissing:
                raise
            except EOFError:  # twice no child could be had
                self.end()
                if tries == TRIES:
                    return self._broken(key)
            except Exception:
                self.end()
                return self._broken(key)

    def _verdict(self, cell: _Cell) -> Verdict:
        talk = self._ready()
        meter = self._meter()
        talk.use(meter)
        check = self.checks[cell.exercise.key]
        cell.runs = False  # until its own cell has run to its end
        names, printed, failure = talk.run(cell.source, cell.exercise.key, check.parameters)
        cell.runs = True
        self._printed[cell.exercise.key] = printed + failure
        if missing := [name for name in check.parameters if name not in names]:
            return _undefined(cell.exercise.key, missing[0], failure)
        with clocked(meter.used):
            verdict = self._checked(check, [names[name] for name in check.parameters])
        if meter.out_of_memory and verdict.fraction < 1 and not verdict.misconception:
            raise OutOfLimits(f"it asked for more than {self._limits.memory / (1 << 30):.3g} GB of memory")
        try:
            self._draw(cell.exercise, talk)
        except OutOfLimits as limit:
            self.end()
            if limit.zygote_died:
                raise
        except Exception:  # the verdict stands, whatever the figure does
            self.end()
        return verdict

    def _checked(self, check: Check, students: list[Any]) -> Verdict:
        """Have the check try the student's objects: its errors are the grader's, unless they came from there."""
        seed = int.from_bytes(hashlib.sha256(f"{self._seed} {check.key}".encode()).digest()[:16], "little")
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                return check.verdict(*students, seed=seed)
        except (Exception, SystemExit) as error:
            if is_student_error(error):
                text = f"{type(error).__name__}: {error}"[:200]
                message = "Your code raised an exception where a result is asked."
                return Verdict(check.key, Outcome.INCORRECT, 0.0, message=message, got=text)
            return self._broken(check.key)

    def _broken(self, key: str) -> Verdict:
        """The verdict where the grader itself has failed: no zero, and the traceback for the instructor."""
        self._errors[key] = traceback.format_exc()
        message = "The grader could not judge this answer: a person will look at it."
        return Verdict(key, Outcome.GRADER_ERROR, 0.0, message=message)

    def _draw(self, exercise: Exercise, talk: Client) -> None:
        if self._limits.figures == "none" or (self._limits.figures == "graded" and not exercise.manual_points):
            return
        talk.use(self._meter())
        drawn = talk.draw(talk.figures[0] if talk.figures else None)
        talk.figures.clear()
        if drawn is not None:
            self._figures[exercise.key] = (png(drawn),)

    def _ready(self) -> Client:
        """Give a child in which every settled cell has run, and every replaced name is bound."""
        while self._talk is None:
            talk = self._talk = Client(self._fork(), self._meter())
            talk.run(self._lesson.setup, "setup", ())
            for cell in self._settled:
                if not self._replayed(cell, talk):
                    self.end()
                    break
        return self._talk

    def _replayed(self, cell: _Cell, talk: Client) -> bool:
        talk.use(self._meter())
        if cell.runs:
            try:
                talk.run(cell.source, cell.exercise.key, ())
            except OutOfLimits as limit:
                if limit.retryable:
                    raise
                cell.runs = False  # it went well once: whatever it is up to, it is left out from now on
                cell.replaced = True
                return False
        if cell.replaced:
            self._reference.bind_stubs(cell.exercise, talk, self.checks[cell.exercise.key].parameters)
        return True

    def _meter(self) -> Meter:
        return Meter(self._limits.processor, self._limits.wall)

    def _fork(self) -> Child:
        most = (self._limits.processor + 1) * (len(self._lesson.exercises) + 1)
        try:
            return _zygote(self._limits.sealed).fork(self._limits.memory, most)
        except EOFError:  # killed since: once more, with a new one
            return _zygote(self._limits.sealed).fork(self._limits.memory, most)


_one_at_a_time = threading.Lock()  # a check's output is captured process-wide, and a zygote has one line
_zygotes: dict[bool, tuple[int, Zygote]] = {}  # sealed or not -> the process that started it, and the zygote


def _zygote(sealed: bool) -> Zygote:
    """The zygote of this process: started when it is first needed, and again if it is gone."""
    starter, zygote = _zygotes.get(sealed, (0, None))
    if zygote is not None and starter == os.getpid() and zygote.alive:
        return zygote
    if zygote is not None:
        zygote.close(mine=starter == os.getpid())
    started = Zygote(sealed)
    _zygotes[sealed] = os.getpid(), started
    return started


@atexit.register
def _end_zygotes() -> None:
    for starter, zygote in _zygotes.values():
        zygote.close(mine=starter == os.getpid())
    _zygotes.clear()


def _undefined(key: str, name: str, failure: str) -> Verdict:
    """The verdict where the answer defines no `name`."""
    if failure.startswith("NotImplementedError"):
        return Verdict.not_written(key)
    message = (
        f"Your cell stopped with an error before it defined `{name}`."
        if failure
        else f"Your cell defines no `{name}`."
    )
    return Verdict(key, Outcome.INCORRECT, 0.0, message=message, got=failure)
