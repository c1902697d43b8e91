"""Whether two answers behave alike: both are called as a check calls them, and with those arguments varied.

The check's own inputs alone would make every mutant that it overlooks "equivalent"; the varied ones find what the
check does not try.
"""

from __future__ import annotations

import contextlib
import copy
import io
import signal
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.bank import _run
from autograder.figures import Panel, Picture, read_figure
from autograder.lesson import Lesson
from course.value import difference

__all__ = ["Behaviour", "time_limit"]

VARIATIONS = 3  # of each recorded call
RECORDED = 12  # calls at most


class OutOfTime(Exception):
    """A call took too long."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs longer, again and again: one exception may be caught by what runs."""

    def interrupt(*_: Any) -> None:
        raise OutOfTime()

    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds / 10)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@dataclass
class Recording:
    """Arguments with which a check called one of the student's names."""

    name: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]


class Behaviour:
    """What the right answer to an exercise does, on inputs like those of its check."""

    def __init__(self, lesson: Lesson, key: str, source: str) -> None:
        self.lesson, self.key = lesson, key
        self._functions = self._define(source)
        self._calls = self._recorded()
        rng = np.random.default_rng(0)
        self._calls += [self._varied(call, rng) for call in self._calls for _ in range(VARIATIONS)]
        self._right = [self._outcome(self._functions, call) for call in self._calls]

    def is_shown_by(self, source: str) -> bool:
        """Say whether another answer gives the same everywhere."""
        functions = self._define(source)
        with time_limit(3.0):
            return all(
                _same(self._outcome(functions, call), right)
                for call, right in zip(self._calls, self._right, strict=True)
            )

    def _define(self, source: str) -> dict[str, Any]:
        names: dict[str, Any] = {"__name__": "__main__"}
        _run(self.lesson.setup, names)
        for earlier in self.lesson.code:
            if earlier.key == self.key:
                break
            _run(earlier.solution, names)
        _run(source, names)
        return {name: names[name] for name in self.lesson.checks()[self.key].takes}

    def _recorded(self) -> list[Recording]:
        calls: list[Recording] = []

        def recorder(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
            def record(*arguments: Any, **named: Any) -> Any:
                if len(calls) < RECORDED:
                    calls.append(Recording(name, copy.deepcopy(arguments), copy.deepcopy(named)))
                return function(*arguments, **named)

            return record

        students = [recorder(name, function) for name, function in self._functions.items()]
        self.lesson.checks()[self.key].verdict(*students, seed=1)
        return calls

    def _varied(self, call: Recording, rng: np.random.Generator) -> Recording:
        arguments = tuple(_vary(argument, rng) for argument in call.arguments)
        return Recording(call.name, arguments, {name: _vary(item, rng) for name, item in call.named.items()})

    @staticmethod
    def _outcome(functions: dict[str, Any], call: Recording) -> Any:
        arguments, named = copy.deepcopy((call.arguments, call.named))
        with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                value = functions[call.name](*arguments, **named)
            except OutOfTime:
                raise
            except Exception as error:
                value = type(error).__name__
        with contextlib.suppress(TypeError):
            value = read_figure(value)
        return value, [argument for argument in arguments if isinstance(argument, (np.ndarray, list, dict))]


def _vary(value: Any, rng: np.random.Generator) -> Any:
    """Other numbers, of the same kind and shape."""
    if isinstance(value, np.random.Generator):
        return np.random.default_rng(int(rng.integers(2**32)))
    if isinstance(value, bool) or value is None or callable(value) or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value + int(rng.integers(1, 4))
    if isinstance(value, float):
        return value * float(rng.uniform(0.5, 1.5)) + float(rng.uniform(0, 0.01))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value * rng.uniform(0.5, 1.5, value.shape) + rng.uniform(-1, 1)
    if isinstance(value, (list, tuple)):
        return type(value)(_vary(item, rng) for item in value)
    if isinstance(value, dict):
        return {key: _vary(item, rng) for key, item in value.items()}
    return value


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, Picture) or isinstance(two, Picture):
        return isinstance(one, Picture) and isinstance(two, Picture) and _look_alike(one, two)
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)):
        return len(one) == len(two) and all(map(_same, one, two))
    try:
        return not difference(one, two, rtol=1e-7, atol=1e-9)
    except TypeError:
        return one is two


def _look_alike(one: Picture, two: Picture) -> bool:
    """The same is drawn on the same panels, in any order; wording, legends and colours are a person's to judge."""
    return len(one.panels) == len(two.panels) and all(map(_hold_the_same, one.panels, two.panels))


def _hold_the_same(one: Panel, two: Panel) -> bool:
    drawn = [sorted(_outlines(panel), key=repr) for panel in (one, two)]
    return one.is_labelled == two.is_labelled and _same(*drawn)


def _outlines(panel: Panel) -> list[Any]:
    lines = [[line.dashed, line.x, line.y] for line in panel.lines]
    return lines + [["points", points.x, points.y] for points in panel.points]
