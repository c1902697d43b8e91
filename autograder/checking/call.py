"""A guarded call of a student's function that can recognise its check's wrong answers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from course.testing import trial
from course.testing.trial import Finding
from course.testing.value import difference, snapshot

__all__ = ["Call", "Finding", "SameAs", "Test", "knowing"]

Test = Callable[[Any], bool]  # of a call

# id() of a student's object -> misconception id -> test of a call of that object
_known: ContextVar[Mapping[int, Mapping[str, Test]]] = ContextVar("known", default={})  # noqa: B039  (never mutated)


class Call(trial.Call):
    """A call that can be compared with the wrong answers of its check."""

    def resembles(self, label: str) -> bool | None:
        """Return whether the call looks like misconception `label`; None if the check has no test for it."""
        test = _known.get().get(id(self.function), {}).get(label)
        if test is None or (self.path and not isinstance(test, SameAs)):
            return None  # an item of a result cannot show what only the whole result shows
        try:
            return test(self)
        except Exception:  # a strange value resembles no wrong answer
            return False


@dataclass(frozen=True)
class SameAs:
    """Test whether a call ended as one of these wrong answers does on the same arguments."""

    wrong: Sequence[Callable[..., Any]]

    def __call__(self, call: trial.Call) -> bool:
        """Run the wrong answers and compare their value, error and changed arguments with the call's."""
        return any(self._same(wrong, call) for wrong in self.wrong)

    @staticmethod
    def _same(wrong: Callable[..., Any], call: trial.Call) -> bool:
        positional = [snapshot(value) for place, value in call.given.items() if isinstance(place, int)]
        named = {place: snapshot(value) for place, value in call.given.items() if isinstance(place, str)}
        made = trial.Call(wrong, *positional, **named)
        for key in call.path:
            made = made[key]
        if type(made.error) is not type(call.error) or made.changed != call.changed:
            return False
        return call.error is not None or not difference(call.value, made.value)


@contextlib.contextmanager
def knowing(tests: Mapping[int, Mapping[str, Test]]) -> Iterator[None]:
    """Let calls recognise these misconceptions within the block."""
    token = _known.set(tests)
    try:
        yield
    finally:
        _known.reset(token)
