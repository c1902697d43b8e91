"""What a hidden check is: a function that tries a student's work, and the verdict that comes of it.

A check is written as a generator of findings, decorated with its diagnoses in the order in which they are tried:

    @check(
        sum_instead_of_mean="Your loss grows with the number of samples; a mean does not.",
    )
    def check_mse(mse):
        \"\"\"mse(y, y_pred) is the mean of the squared residuals.\"\"\"
        rng = generator()
        for n in (1, 4, 50):
            y, y_pred = rng.normal(size=(2, n))
            squares = (y - y_pred) ** 2
            yield Call(mse, y, y_pred).gives(squares.mean(), {"sum_instead_of_mean": squares.sum()})

The decorated `check_mse` is an ordinary function of the student's objects: called in a notebook it returns the
points as a plain float, or raises `Incorrect` with the message for the student.
"""

from __future__ import annotations

import contextlib
import inspect
import time
import warnings
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

import numpy as np

from autograder.records.verdict import Outcome, Verdict
from course.testing.trial import Call, Finding

__all__ = ["Call", "Check", "Finding", "Incorrect", "check", "clock", "clocked", "generator"]

_seed: ContextVar[int | None] = ContextVar("seed", default=None)
_clock: ContextVar[Callable[[], float]] = ContextVar("clock", default=time.perf_counter)


class Incorrect(AssertionError):
    """A failed check, told without a line of the check's own code."""

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class Check:
    """A check and its misconceptions. `parameters` are the names of the student's that it is called with."""

    def __init__(self, trials: Callable[..., Iterator[Finding]], misconceptions: dict[str, str]) -> None:
        self.key = trials.__name__.removeprefix("check_")
        self.parameters = tuple(inspect.signature(trials).parameters)
        self.misconceptions = misconceptions
        self.task = inspect.getdoc(trials) or ""
        self._trials = trials

    def __call__(self, *students: Any, points: float = 1.0) -> float:
        """Return the points as a plain float; with none to give, raise `Incorrect`."""
        verdict = self.verdict(*students)
        if verdict.fraction == 0:
            raise Incorrect(verdict.text)
        if verdict.fraction < 1:
            print(verdict.text)
        return float(verdict.fraction * points)

    def verdict(self, *students: Any, seed: int | None = None) -> Verdict:
        """Try the student's objects on inputs drawn from `seed` (fresh ones where it is None)."""
        with _seeded(seed), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # a wrong value may overflow in the check's own arithmetic
            return self._judge(list(self._trials(*students)))

    def _judge(self, findings: list[Finding]) -> Verdict:
        if not findings:
            raise ValueError(f"check_{self.key} tried nothing")
        failed = [finding for finding in findings if not finding.ok]
        if not failed:
            return Verdict(self.key, Outcome.CORRECT, 1.0)
        first = next((finding for finding in failed if not finding.attempted), failed[0])
        fraction = self._fraction(findings)
        if not first.attempted and fraction == 0:
            return Verdict.not_written(self.key)
        label = self._diagnose(failed)
        shown = next((finding for finding in failed if finding.shows.get(label)), failed[0])
        outcome = Outcome.PARTIAL if fraction > 0 else Outcome.INCORRECT
        message = self.misconceptions.get(label, self.task.split("\n")[0])
        return Verdict(self.key, outcome, fraction, label, message, shown.called, shown.got, shown.expected)

    @staticmethod
    def _fraction(findings: list[Finding]) -> float:
        """Parts share the points equally; a failed finding without a part costs them all."""
        parts: dict[str, bool] = {}
        for finding in findings:
            parts[finding.part] = parts.get(finding.part, True) and finding.ok
        if not parts.pop("", True) or not parts:
            return 0.0
        return sum(parts.values()) / len(parts)

    def _diagnose(self, failed: list[Finding]) -> str:
        """The first label that explains every failed finding which could have shown it."""
        unknown = {label for finding in failed for label in finding.shows} - set(self.misconceptions)
        if unknown:
            raise ValueError(f"check_{self.key} tests for {sorted(unknown)}, which its diagnoses do not name")
        for label in self.misconceptions:
            seen = [finding.shows[label] for finding in failed if label in finding.shows]
            if seen and all(seen):
                return label
        return ""


def check(**misconceptions: str) -> Callable[[Callable[..., Iterator[Finding]]], Check]:
    """Make a generator of findings into a `Check` with these diagnoses, label=sentence, first match first."""

    def decorate(trials: Callable[..., Iterator[Finding]]) -> Check:
        return Check(trials, misconceptions)

    return decorate


def generator() -> np.random.Generator:
    """Give the generator for a check's inputs: fresh each time, or drawn from the seed of this judging."""
    return np.random.default_rng(_seed.get())


def clock() -> float:
    """Seconds that the student's code has worked, from some moment on: only differences say anything.

    In a notebook this is the time of day; the judge sees how long the student's own processes were at work.
    """
    return _clock.get()()


@contextlib.contextmanager
def clocked(by: Callable[[], float]) -> Iterator[None]:
    """Let checks measure time by this clock."""
    token = _clock.set(by)
    try:
        yield
    finally:
        _clock.reset(token)


@contextlib.contextmanager
def _seeded(seed: int | None) -> Iterator[None]:
    token = _seed.set(seed)
    try:
        yield
    finally:
        _seed.reset(token)
