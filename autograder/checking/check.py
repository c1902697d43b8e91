"""Hidden checks: functions that try a student's answer and return a verdict.

A check is a generator of findings. Beside it stand its misconceptions: wrong answers whose name is the id and
whose docstring is the sentence for students who make that mistake. They are tried in order.

    @check("returns_nothing")
    def check_mse(mse):
        \"\"\"mse(y, y_pred) is the mean of the squared residuals.\"\"\"
        rng = generator()
        for n in (1, 4, 50):
            y, y_pred = rng.normal(size=(2, n))
            yield Call(mse, y, y_pred).gives(np.mean((y - y_pred) ** 2))


    @check_mse.misconception
    def sum_instead_of_mean(y, y_pred):
        \"\"\"Your loss grows with the number of samples; a mean does not.\"\"\"
        return np.sum((y - y_pred) ** 2)


    @check_mse.another(sum_instead_of_mean)
    def half_the_sum(y, y_pred):
        return np.sum((y - y_pred) ** 2) / 2

`another` adds another wrong answer for the same misconception. A wrong answer may call functions of its module,
which become part of it. `check("returns_nothing")` takes in a misconception that many checks share (see
`mistakes.COMMON`). A misconception that no wrong value shows gets its sentence there, `check(no_labels="...")`,
and is tested by a finding.

The decorated `check_mse` takes the student's objects: called in a notebook, it returns the points as a plain
float, or raises `Incorrect` with the message for the student.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import inspect
import textwrap
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from types import CodeType, FunctionType
from typing import Any, overload

import numpy as np

from autograder.records.verdict import Outcome, Verdict

from .call import Call, Finding, SameAs, Test, knowing
from .mistakes import COMMON

__all__ = ["Call", "Check", "Finding", "Incorrect", "check", "clock", "clocked", "generator", "unknown_names"]

_seed: ContextVar[int | None] = ContextVar("seed", default=None)
_clock: ContextVar[Callable[[], float]] = ContextVar("clock", default=time.perf_counter)


class Incorrect(AssertionError):
    """A failed check, shown without the check's code."""

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class Check:
    """A check and its misconceptions.

    `parameters` are the student's names that it takes, `subject` the one that the exercise is about.
    `misconceptions` are sentences by id, `wrong_answers` the functions that make them, by the same id.
    """

    def __init__(
        self, trials: Callable[..., Iterator[Finding]], common: Sequence[str], misconceptions: dict[str, str]
    ) -> None:
        self.key = trials.__name__.removeprefix("check_")
        if not inspect.isgeneratorfunction(trials):
            raise ValueError(f"check_{self.key} yields no finding: write `yield Call(...).gives(...)`")
        if unknown := [each for each in common if each not in COMMON]:
            raise ValueError(f"check_{self.key}: {unknown[0]!r} is none of {', '.join(COMMON)}")
        self.parameters = tuple(inspect.signature(trials).parameters)
        self.subject = self.key if self.key in self.parameters else self.parameters[0]
        self.misconceptions = {each: COMMON[each].sentence for each in common} | misconceptions
        self.wrong_answers: dict[str, list[Callable[..., Any]]] = {}
        self.right_answers: dict[str, Callable[..., Any]] = {}
        self._tests: dict[str, Test] = {each: COMMON[each].test for each in common}
        self.module = trials.__module__.rpartition(".")[2]
        self.task = inspect.getdoc(trials) or ""
        self._trials = trials

    def misconception(self, wrong: Callable[..., Any]) -> Callable[..., Any]:
        """Add a wrong answer: its name is the misconception's id, its docstring the sentence for the student.

        Raises `ValueError` if there is no docstring or the id is taken.
        """
        sentence = " ".join((inspect.getdoc(wrong) or "").split())
        if not sentence or wrong.__name__ in self.misconceptions:
            reason = "an id that is taken" if sentence else "no docstring: write the sentence for the student"
            raise ValueError(f"check_{self.key}: the misconception {wrong.__name__} has {reason}")
        self.misconceptions[wrong.__name__] = sentence
        self.wrong_answers[wrong.__name__] = [wrong]
        self._tests[wrong.__name__] = SameAs(self.wrong_answers[wrong.__name__])
        return wrong

    def another(
        self, misconception: Callable[..., Any] | str
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Add another wrong answer for a misconception, given by its function, or by its id if it is common."""
        label = misconception if isinstance(misconception, str) else misconception.__name__
        if label not in self.misconceptions:
            raise ValueError(
                f"check_{self.key} has no misconception {label}: it has {', '.join(self.misconceptions)}"
            )

        def add(wrong: Callable[..., Any]) -> Callable[..., Any]:
            self.wrong_answers.setdefault(label, []).append(wrong)
            return wrong

        return add

    def right_answer(self, right: Callable[..., Any]) -> Callable[..., Any]:
        """Add a right answer in a style other than the solution's."""
        self.right_answers[right.__name__] = right
        return right

    def written_answers(self) -> dict[str, str]:
        """Return the sources of the answers beside the check, by name.

        Right answers are named `correct_…`, wrong ones after their misconception: `id`, further ones `id.…`.
        """
        written = {f"correct_{name}": self._as_answer(right) for name, right in self.right_answers.items()}
        for label, alike in self.wrong_answers.items():
            for wrong in alike:
                name = label if wrong is alike[0] else f"{label}.{wrong.__name__}"
                written[name] = self._as_answer(wrong)
        return written

    def _as_answer(self, function: Callable[..., Any]) -> str:
        """Return a function's source, renamed to the exercise's subject, after the helpers it calls."""
        lines = textwrap.dedent(inspect.getsource(function)).splitlines()
        first = next(number for number, line in enumerate(lines) if line.startswith("def "))
        head = lines[first].replace(f"def {function.__name__}(", f"def {self.subject}(", 1)
        helpers = [textwrap.dedent(inspect.getsource(helper)) for helper in _helpers(function)]
        return "\n\n".join([*helpers, "\n".join([head, *lines[first + 1 :]]) + "\n"])

    def __call__(self, *students: Any, points: float = 1.0) -> float:
        """Return the points as a plain float, or raise `Incorrect` if there are none."""
        verdict = self.verdict(*students)
        if verdict.fraction == 0:
            raise Incorrect(verdict.text)
        if verdict.fraction < 1:
            print(verdict.text)
        return float(verdict.fraction * points)

    def verdict(self, *students: Any, seed: int | None = None) -> Verdict:
        """Try the student's objects on inputs drawn from `seed`, or on fresh ones if it is None."""
        known = {id(students[self.parameters.index(self.subject)]): self._tests}
        with _seeded(seed), knowing(known), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # a wrong value may overflow in the check's own arithmetic
            return self._judge(list(self._trials(*students)))

    def _judge(self, findings: list[Finding]) -> Verdict:
        if not findings:
            raise ValueError(f"check_{self.key} tried nothing")
        if others := [each for each in findings if not isinstance(each, Finding)]:
            kind = type(others[0]).__name__
            raise TypeError(f"check_{self.key} yields a {kind}, which is no finding: add .gives(...) to it")
        failed = [finding for finding in findings if not finding.ok]
        if not failed:
            return Verdict(self.key, Outcome.CORRECT, 1.0)
        first = next((finding for finding in failed if not finding.attempted), failed[0])
        fraction = self._fraction(findings)
        if not first.attempted and fraction == 0:
            return Verdict.not_written(self.key)
        label = self._diagnose(failed)
        shown = next((each for each in failed if each.shows.get(label) or each.resembles(label)), failed[0])
        outcome = Outcome.PARTIAL if fraction > 0 else Outcome.INCORRECT
        message = self.misconceptions.get(label, self.task.split("\n")[0])
        return Verdict(self.key, outcome, fraction, label, message, shown.called, shown.got, shown.expected)

    @staticmethod
    def _fraction(findings: list[Finding]) -> float:
        """Return the share of the points: parts count equally; a failed finding without a part costs them all."""
        parts: dict[str, bool] = {}
        for finding in findings:
            parts[finding.part] = parts.get(finding.part, True) and finding.ok
        if not parts.pop("", True) or not parts:
            return 0.0
        return sum(parts.values()) / len(parts)

    def _diagnose(self, failed: list[Finding]) -> str:
        """Return the first misconception that explains every failed finding able to show it, else ""."""
        unknown = {label for finding in failed for label in finding.shows} - set(self.misconceptions)
        if unknown:
            raise ValueError(
                f"check_{self.key} tests for {sorted(unknown)}, which are not among its misconceptions"
            )
        return next((label for label in self.misconceptions if self._explains(label, failed)), "")

    @staticmethod
    def _explains(label: str, failed: list[Finding]) -> bool:
        """Judge by the check's own tests for `label`; only without any, compare with its wrong answer."""
        tested = [finding.shows[label] for finding in failed if label in finding.shows]
        if tested:
            return all(tested)
        alike = False
        for finding in failed:
            seen = finding.resembles(label)
            if seen is False:
                return False
            alike = alike or seen is True
        return alike


def _helpers(function: Callable[..., Any]) -> list[FunctionType]:
    """Return the functions of its module that a function calls, directly or not, dependencies first."""
    assert isinstance(function, FunctionType)
    found: dict[str, FunctionType] = {}

    def visit(code: CodeType) -> None:
        for name in code.co_names:
            helper = function.__globals__.get(name)
            if isinstance(helper, FunctionType) and helper.__module__ == function.__module__ and name not in found:
                visit(helper.__code__)
                found[name] = helper
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                visit(inner)

    visit(function.__code__)
    return list(found.values())


def unknown_names(function: Callable[..., Any]) -> list[str]:
    """The global names that a function uses and its module does not have: it would end in a NameError."""
    assert isinstance(function, FunctionType)
    known = function.__globals__.keys() | vars(builtins).keys()

    def used(code: CodeType) -> set[str]:
        own = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
        return own.union(*(used(inner) for inner in code.co_consts if isinstance(inner, CodeType)))

    return sorted(used(function.__code__) - known)


Trials = Callable[..., Iterator[Finding]]


@overload
def check(trials: Trials, /) -> Check: ...
@overload
def check(*common: str, **misconceptions: str) -> Callable[[Trials], Check]: ...
def check(*common: Any, **misconceptions: str) -> Any:
    """Make a generator of findings into a `Check`.

    `common` are ids of shared misconceptions; others are given as id=sentence.
    """
    if common and callable(common[0]):
        return Check(common[0], (), {})
    return lambda trials: Check(trials, common, misconceptions)


def generator() -> np.random.Generator:
    """Return a random generator for a check's inputs, derived from the judging's seed if it has one."""
    return np.random.default_rng(_seed.get())


def clock() -> float:
    """Return the seconds that the student's code has worked; only differences are meaningful.

    In a notebook this is wall-clock time; the judge measures the processor time of the student's processes.
    """
    return _clock.get()()


@contextlib.contextmanager
def clocked(by: Callable[[], float]) -> Iterator[None]:
    """Let checks measure time by this clock within the block."""
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
