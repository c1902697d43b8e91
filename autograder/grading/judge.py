"""Judge the answers of one submission: run them in a sealed child, and check from outside what they do.

Exercises are judged in lesson order, each right after its own cell. When an answer misses full marks, a fresh
child takes over for the later ones: the cells judged so far are replayed in it as their `_State` says, and the
names of wrong answers are bound to the reference (see `reference`).
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import io
import logging
import os
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from autograder.checking.check import Check, clocked
from autograder.lesson.model import Exercise, Lesson
from autograder.records.verdict import Outcome, Verdict
from autograder.sealed.client import Client
from autograder.sealed.errors import is_student_error
from autograder.sealed.limits import Meter, OutOfLimits
from autograder.sealed.png import png
from autograder.sealed.sandbox import Child, SandboxMissing, Zygote

from .reference import Reference

__all__ = ["Judgement", "Limits", "judge", "warm_up"]

logger = logging.getLogger(__name__)

ATTEMPTS = 3  # per answer, if the machine may be to blame for how the last one ended


@dataclass(frozen=True)
class Limits:
    """What each exercise may use, cell and calls together.

    `processor` and `wall` are in seconds, `memory` in bytes. `figures` says which exercises get a figure drawn:
    those that a person grades ("graded"), "all", or "none". `sealed=False` runs without the sandbox.
    """

    processor: float = 10.0
    wall: float = 30.0
    memory: int = 2 << 30
    figures: str = "graded"
    sealed: bool = True


@dataclass(frozen=True)
class Judgement:
    """What judging found, as plain data: verdicts, printed text and figures (PNG) by key.

    `errors` holds the traceback of each check that broke, for the instructor only. `replaced` lists the keys of
    answers that the reference replaced for later exercises.
    """

    verdicts: Mapping[str, Verdict]
    printed: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()


def judge(lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> Judgement:
    """Judge the answers, sources by key. Checks draw all their inputs from `seed`.

    Raises `SandboxMissing` if the limits ask for a sandbox and none can be built.
    """
    with _one_at_a_time:
        submission = _SubmissionJudge(lesson, answers, limits, seed)
        try:
            for exercise in lesson.exercises:
                if exercise.kind == "code" and exercise.key in submission.checks:
                    submission.judge(exercise)
        finally:
            submission.end_children()
    return submission.judgement()


def warm_up(limits: Limits) -> None:
    """Start the zygote that the first judgement needs, without waiting for it."""
    with _one_at_a_time:
        _zygote(limits.sealed)


class _State(Enum):
    """What a judged answer does in later children of its submission."""

    RIGHT = "its cell runs"
    WRONG = "its cell runs, then its names are bound to the reference"
    STOPPED = "its names are bound to the reference; its cell broke a limit and does not run again"


@dataclass
class _Answer:
    """One answer of the submission, and its state so far."""

    exercise: Exercise
    source: str
    state: _State = _State.WRONG


class _SubmissionJudge:
    """One submission being judged: its current child, and the answers judged so far."""

    def __init__(self, lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> None:
        self.checks: dict[str, Check] = lesson.checks()
        self._lesson = lesson
        self._answers = answers
        self._limits = limits
        self._seed = seed
        self._client: Client | None = None  # its child has replayed every judged answer
        self._reference = Reference(lesson, self._fork)
        self._judged: list[_Answer] = []
        self._verdicts: dict[str, Verdict] = {}
        self._printed: dict[str, str] = {}
        self._figures: dict[str, tuple[bytes, ...]] = {}
        self._errors: dict[str, str] = {}

    def judgement(self) -> Judgement:
        """Return what was found so far."""
        replaced = tuple(answer.exercise.key for answer in self._judged if answer.state is not _State.RIGHT)
        return Judgement(self._verdicts, self._printed, self._figures, self._errors, replaced)

    def judge(self, exercise: Exercise) -> None:
        """Judge one exercise, and decide what its answer does in later children."""
        key = exercise.key
        answer = _Answer(exercise, self._answers.get(key, ""))
        if not answer.source.strip() or answer.source.strip() == exercise.stub.strip():
            answer.source = exercise.stub
            verdict = Verdict.not_written(key)
        else:
            verdict = self._attempted(answer)
        if verdict.fraction == 1:
            answer.state = _State.RIGHT
        else:
            self.end_children()  # the next exercise must not meet what this answer left behind
        self._verdicts[key] = verdict
        self._judged.append(answer)
        logger.debug(
            "%s: %s %s; in later children %s", key, verdict.outcome, verdict.misconception, answer.state.value
        )

    def end_children(self) -> None:
        """Kill the current child and the reference's; the next request forks a fresh one."""
        if self._client is not None:
            self._client.child.kill_nowait()
            self._client = None
        self._reference.end()

    def _attempted(self, answer: _Answer) -> Verdict:
        """Judge an answer, up to `ATTEMPTS` times if the machine may be to blame for how it ended."""
        key = answer.exercise.key
        for attempt in range(1, ATTEMPTS + 1):
            self._errors.pop(key, None)  # of the previous attempt
            try:
                return self._verdict(answer)
            except SandboxMissing:
                raise
            except OutOfLimits as limit:
                reason, retryable = limit.reason, limit.retryable
                stopped = Verdict(key, Outcome.OUT_OF_LIMITS, 0.0, message=f"`{key}` was stopped: {reason}.")
                verdict = self._broken(key) if limit.zygote_died else stopped
            except EOFError as error:  # two zygotes in a row died before forking a child
                reason, retryable, verdict = str(error), True, self._broken(key)
            except Exception as error:
                reason, retryable, verdict = repr(error), False, self._broken(key)
            self.end_children()
            logger.info("%s: attempt %d of %d ended early: %s", key, attempt, ATTEMPTS, reason)
            if not retryable:
                break
        return verdict

    def _verdict(self, answer: _Answer) -> Verdict:
        key = answer.exercise.key
        check = self.checks[key]
        client = self._ready_client()
        meter = self._meter()
        client.use(meter)
        answer.state = _State.STOPPED  # until its cell has finished
        names, printed, failure = client.run(answer.source, key, check.parameters)
        answer.state = _State.WRONG  # until its check finds nothing wrong
        self._printed[key] = printed + failure
        if missing := [name for name in check.parameters if name not in names]:
            return _undefined(key, missing[0], failure)
        with clocked(meter.used):
            verdict = self._checked(check, [names[name] for name in check.parameters])
        logger.debug("%s: %.2f s of processor time, %d requests", key, meter.used(), meter.requests_made)
        if meter.out_of_memory and verdict.fraction < 1 and not verdict.misconception:
            raise OutOfLimits(f"it asked for more than {self._limits.memory / (1 << 30):.3g} GB of memory")
        self._draw(answer.exercise, client)
        return verdict

    def _checked(self, check: Check, students: list[Any]) -> Verdict:
        """Let the check try the student's objects; an exception that is not the student's is a grader error."""
        seed = int.from_bytes(hashlib.sha256(f"{self._seed} {check.key}".encode()).digest()[:16], "little")
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                return check.verdict(*students, seed=seed)
        except (Exception, SystemExit) as error:
            if is_student_error(error):
                text = f"{type(error).__name__}: {error}"[:200]
                message = "Your code raised an exception where a result was expected."
                return Verdict(check.key, Outcome.INCORRECT, 0.0, message=message, got=text)
            return self._broken(check.key)

    def _broken(self, key: str) -> Verdict:
        """Return a grader error instead of a zero, and keep the traceback for the instructor."""
        self._errors[key] = traceback.format_exc()
        message = "The grader could not judge this answer: a person will look at it."
        return Verdict(key, Outcome.GRADER_ERROR, 0.0, message=message)

    def _draw(self, exercise: Exercise, client: Client) -> None:
        """Draw the figure that a person will grade; the verdict stands whatever happens."""
        if self._limits.figures == "none" or (self._limits.figures == "graded" and not exercise.manual_points):
            return
        client.use(self._meter())  # drawing has its own limits
        try:
            drawn = client.draw(client.figures[0] if client.figures else None)
            client.figures.clear()
            if drawn is not None:
                self._figures[exercise.key] = (png(drawn),)
        except (Exception, OutOfLimits) as error:
            if isinstance(error, OutOfLimits) and error.zygote_died:
                raise  # the figure is not to blame: judge again
            logger.info("%s: its figure could not be drawn: %s", exercise.key, error)
            self.end_children()

    def _ready_client(self) -> Client:
        """Return the client of a child that has replayed every judged answer, in lesson order."""
        while self._client is None:
            client = self._client = Client(self._fork(), self._meter())
            client.run(self._lesson.setup, "setup", ())
            for answer in self._judged:
                if not self._replayed(answer, client):
                    self.end_children()  # and start over without this cell
                    break
        return self._client

    def _replayed(self, answer: _Answer, client: Client) -> bool:
        """Replay an answer in a new child as its state says; False if its cell broke a limit this time."""
        key = answer.exercise.key
        client.use(self._meter())
        if answer.state is not _State.STOPPED:
            try:
                client.run(answer.source, key, ())
            except OutOfLimits as limit:
                if limit.retryable:
                    raise
                logger.info("%s: its cell ran before and now broke a limit: %s", key, limit.reason)
                answer.state = _State.STOPPED
                return False
        if answer.state is not _State.RIGHT:
            self._reference.bind_stubs(answer.exercise, client, self.checks[key].parameters)
        return True

    def _meter(self) -> Meter:
        return Meter(self._limits.processor, self._limits.wall)

    def _fork(self) -> Child:
        """Fork a child. The kernel's limit on its processor time, a last resort, covers all exercises together."""
        most = (self._limits.processor + 1) * (len(self._lesson.exercises) + 1)
        try:
            return _zygote(self._limits.sealed).fork(self._limits.memory, most)
        except EOFError:  # killed in the meantime: try once more with a new one
            logger.info("the zygote is gone: starting another")
            return _zygote(self._limits.sealed).fork(self._limits.memory, most)


_one_at_a_time = threading.Lock()  # output is captured process-wide, and a zygote has one channel
_zygotes: dict[bool, tuple[int, Zygote]] = {}  # sealed -> (pid that started it, zygote)


def _zygote(sealed: bool) -> Zygote:
    """Return this process's zygote, started on first use and restarted if it is gone."""
    starter, zygote = _zygotes.get(sealed, (0, None))
    if zygote is not None and starter == os.getpid() and zygote.alive:
        return zygote
    if zygote is not None:
        zygote.close(mine=starter == os.getpid())  # a forked worker inherits its parent's, which must live on
    logger.debug("starting a %s zygote", "sealed" if sealed else "plain")
    started = Zygote(sealed)
    _zygotes[sealed] = os.getpid(), started
    return started


@atexit.register
def _end_zygotes() -> None:
    for starter, zygote in _zygotes.values():
        zygote.close(mine=starter == os.getpid())
    _zygotes.clear()


def _undefined(key: str, name: str, failure: str) -> Verdict:
    """Return the verdict on an answer that does not define `name`."""
    if failure.startswith("NotImplementedError"):
        return Verdict.not_written(key)
    message = (
        f"Your cell stopped with an error before it defined `{name}`."
        if failure
        else f"Your cell does not define `{name}`."
    )
    return Verdict(key, Outcome.INCORRECT, 0.0, message=message, got=failure)
