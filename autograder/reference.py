"""The reference's answers in place of a student's wrong ones, for the exercises that build on them.

The reference runs in a sealed child of its own, forked when it is first called: what a student's code hands to it
can be absurd, and neither its source nor its process is in reach of the student's child. Values go to and fro.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from .conversation import Conversation, Meter, OutOfLimits
from .lesson import Exercise, Lesson
from .sandbox import Child

__all__ = ["Reference"]

MOST_CALLS = 100_000  # of stubs, in one child


class Reference:
    """The lesson's reference answers, each bound as it was right after its own cell."""

    def __init__(self, lesson: Lesson, fork: Callable[[], Child]) -> None:
        self._lesson = lesson
        self._fork = fork
        self._talk: Conversation | None = None
        self._bound: dict[tuple[str, str], Any] = {}
        self._calls = 0

    def end(self) -> None:
        """End the reference's child, if there is one."""
        if self._talk is not None:
            self._talk.child.kill()
            self._talk = None
        self._bound.clear()
        self._calls = 0

    def stand_in_for(self, exercise: Exercise, talk: Conversation, takes: tuple[str, ...]) -> None:
        """Bind the names that `exercise` asks for, in the student's child, to calls of the reference."""
        bindings: dict[str, Any] = {}
        for name, is_value in _defined(exercise, takes).items():
            if is_value:
                bindings[name] = ("value", self._get(exercise.key, name, talk.meter))
                continue
            talk.stubs[exercise.key, name] = self._stub(exercise.key, name, talk)
            bindings[name] = ("function", [exercise.key, name])
        talk.bind(bindings)

    def _stub(self, key: str, name: str, talk: Conversation) -> Callable[..., Any]:
        def stub(*arguments: Any, **named: Any) -> Any:
            self._calls += 1
            if self._calls > MOST_CALLS:
                raise OutOfLimits(f"it called earlier answers more than {MOST_CALLS} times")
            return self._get(key, name, talk.meter)(*arguments, **named)

        return stub

    def _get(self, key: str, name: str, meter: Meter) -> Any:
        """What the reference has bound to `name` after its answer `key`."""
        if self._talk is None:
            self._talk = Conversation(self._fork(), meter)
            self._talk.run(self._lesson.setup, "setup", ())
            for exercise in self._lesson.exercises:
                if exercise.kind == "code":
                    names = tuple(_top_level(exercise.solution))
                    bound, _, _ = self._talk.run(exercise.solution, exercise.key, names)
                    self._bound |= {(exercise.key, each): value for each, value in bound.items()}
        self._talk.use(meter)
        return self._bound[key, name]


def _defined(exercise: Exercise, takes: tuple[str, ...]) -> dict[str, bool]:
    """The names that a student is asked to define, and whether each is a plain value."""
    asked = {*_top_level(exercise.stub), *takes}
    return {name: is_value for name, is_value in _top_level(exercise.solution).items() if name in asked}


def _top_level(source: str) -> dict[str, bool]:
    """The names that a cell defines, and whether each is bound by an assignment."""
    names: dict[str, bool] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names[statement.name] = False
        elif isinstance(statement, ast.Assign):
            names |= {
                each.id: True
                for target in statement.targets
                for each in ast.walk(target)
                if isinstance(each, ast.Name)
            }
    return names
