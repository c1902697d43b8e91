"""Whether two answers behave alike: both are called as a check calls them, and with those arguments varied.

The check's own inputs alone would make every mutant that it overlooks "equivalent"; the varied ones find what the
check does not try. A class is taken method by method: from a state that was met, to a result and a new state.
"""

from __future__ import annotations

import contextlib
import copy
import io
import signal
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

from autograder.authoring.answer_files import _run
from autograder.checking.figures import Panel, Picture, read_figure
from autograder.lesson.model import Lesson
from course.testing.value import difference

__all__ = ["Behaviour", "OutOfTime", "time_limit"]

VARIATIONS = 3  # of each recorded call
RECORDED = 12  # calls at most, of one function or method
DEEPEST = 20  # objects within objects that are compared


class OutOfTime(Exception):
    """A call took too long."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what takes more processor time, again and again: one exception may be caught by what runs."""

    def interrupt(*_: Any) -> None:
        raise OutOfTime()

    previous = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds / 10)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


@dataclass
class Recording:
    """Arguments with which a check called one of the student's names; for a method, the object comes first."""

    name: str
    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]


class Behaviour:
    """What the right answer to an exercise does, on inputs like those of its check."""

    def __init__(self, lesson: Lesson, key: str, source: str) -> None:
        self.lesson, self.key = lesson, key
        self._calls: list[Recording] = []
        self._recording = False
        self._record(self._define(source))
        rng = np.random.default_rng(0)
        self._calls += [_varied(call, rng) for call in self._calls for _ in range(VARIATIONS)]
        self._right = self._outcomes(self._define(source))

    def is_shown_by(self, source: str) -> bool:
        """Say whether another answer gives the same everywhere."""
        with time_limit(10.0):
            return _same(self._outcomes(self._define(source)), self._right)

    def _define(self, source: str) -> dict[str, Any]:
        names: dict[str, Any] = {"__name__": "__main__"}
        _run(self.lesson.setup, names)
        for earlier in self.lesson.code:
            if earlier.key == self.key:
                break
            _run(earlier.solution, names)
        _run(source, names)
        return {name: names[name] for name in self.lesson.checks()[self.key].parameters}

    def _record(self, students: dict[str, Any]) -> None:
        watched = []
        for name, student in students.items():
            if isinstance(student, type):
                for method, function in list(vars(student).items()):
                    if isinstance(function, FunctionType):
                        setattr(student, method, self._recorder(name, method, function))
                watched.append(student)
            else:
                watched.append(self._recorder(name, "", student))
        self._recording = True
        self.lesson.checks()[self.key].verdict(*watched, seed=1)
        self._recording = False

    def _recorder(self, name: str, method: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def record(*arguments: Any, **named: Any) -> Any:
            known = sum((call.name, call.method) == (name, method) for call in self._calls)
            if self._recording and known < RECORDED:
                with contextlib.suppress(Exception):  # what cannot be copied is not tried again
                    self._calls.append(Recording(name, method, *copy.deepcopy((arguments, named))))
            return function(*arguments, **named)

        return record

    def _outcomes(self, students: dict[str, Any]) -> list[Any]:
        return [_outcome(students, call) for call in self._calls]


def _outcome(students: dict[str, Any], call: Recording) -> Any:
    arguments, named = (_rebuilt(item, students) for item in copy.deepcopy((call.arguments, call.named)))
    function = getattr(students[call.name], call.method) if call.method else students[call.name]
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()) as out:
        warnings.simplefilter("ignore")
        try:
            value = function(*arguments, **named)
        except OutOfTime:
            raise
        except Exception as error:
            value = type(error).__name__
    with contextlib.suppress(TypeError):
        value = read_figure(value)
    return [value, list(arguments), out.getvalue().count("\n")]


def _rebuilt(value: Any, students: dict[str, Any]) -> Any:
    """Make objects of a class that was recorded into objects of the class of the same name that is tried."""
    if isinstance(value, (list, tuple)):
        return type(value)(_rebuilt(item, students) for item in value)
    student = students.get(type(value).__name__)
    if isinstance(student, type):
        made = object.__new__(student)
        made.__dict__.update({name: _rebuilt(item, students) for name, item in vars(value).items()})
        return made
    return value


def _varied(call: Recording, rng: np.random.Generator) -> Recording:
    named = {name: _vary(item, rng) for name, item in call.named.items()}
    return Recording(call.name, call.method, tuple(_vary(item, rng) for item in call.arguments), named)


def _vary(value: Any, rng: np.random.Generator) -> Any:
    """Other numbers, of the same kind and shape."""
    if isinstance(value, np.random.Generator):
        return np.random.default_rng(int(rng.integers(2**32)))
    if isinstance(value, int) and not isinstance(value, bool):
        return value + int(rng.integers(1, 4))
    if isinstance(value, float):
        return value * float(rng.uniform(0.5, 1.5)) + float(rng.uniform(0, 0.01))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value * rng.uniform(0.5, 1.5, value.shape) + rng.uniform(-1, 1)
    if type(value) in (list, tuple):
        return type(value)(_vary(item, rng) for item in value)
    if isinstance(value, dict):
        return {key: _vary(item, rng) for key, item in value.items()}
    return value


def _same(one: Any, two: Any, depth: int = 0) -> bool:
    if isinstance(one, Picture) or isinstance(two, Picture):
        return isinstance(one, Picture) and isinstance(two, Picture) and _look_alike(one, two)
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)):
        return len(one) == len(two) and all(_same(*pair, depth) for pair in zip(one, two, strict=True))
    if isinstance(one, (FunctionType, np.random.Generator)) or depth > DEEPEST:
        return type(one) is type(two)
    if hasattr(one, "__dict__") and type(one).__name__ == type(two).__name__:
        mine, theirs = vars(one), vars(two)
        return mine.keys() == theirs.keys() and all(_same(mine[key], theirs[key], depth + 1) for key in mine)
    try:
        return not difference(one, two, rtol=1e-7, atol=1e-9)
    except TypeError:
        return type(one) is type(two)


def _look_alike(one: Picture, two: Picture) -> bool:
    """The same is drawn on the same panels, in any order; wording, legends and colours are a person's to judge."""
    return len(one.panels) == len(two.panels) and all(map(_hold_the_same, one.panels, two.panels))


def _hold_the_same(one: Panel, two: Panel) -> bool:
    drawn = [sorted(_outlines(panel), key=repr) for panel in (one, two)]
    return one.is_labelled == two.is_labelled and _same(*drawn)


def _outlines(panel: Panel) -> list[Any]:
    drawn = [(str(line.dashed), line.x, line.y) for line in panel.lines]
    drawn += [("points", points.x, points.y) for points in panel.points]
    return [[kind, *_leftmost_first(x, y)] for kind, x, y in drawn]


def _leftmost_first(x: Any, y: Any) -> tuple[Any, Any]:
    """A line looks the same drawn from either end."""
    return (x[::-1], y[::-1]) if x.size and x[0] > x[-1] else (x, y)
