"""The reference's answers in place of a student's wrong ones, for the exercises that build on them.

The reference runs in its own sealed child, forked on the first call: a student's code can pass it anything, and
neither its source nor its process may be within reach of the student's child. Only values cross over.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from autograder.lesson.model import Exercise, Lesson
from autograder.sealed.client import Client, Passthrough
from autograder.sealed.limits import Meter, OutOfLimits
from autograder.sealed.sandbox import Child

__all__ = ["Reference"]

MOST_CALLS = 100_000  # stub calls in one child


class Reference:
    """The lesson's reference, each answer bound as it was right after its own cell."""

    def __init__(self, lesson: Lesson, fork: Callable[[], Child]) -> None:
        self._lesson = lesson
        self._fork = fork
        self._client: Client | None = None
        self._bound: dict[tuple[str, str], Any] = {}
        self._calls = 0

    def end(self) -> None:
        """End the reference's child, if any."""
        if self._client is not None:
            self._client.child.kill_nowait()
            self._client = None
        self._bound.clear()
        self._calls = 0

    def bind_stubs(self, exercise: Exercise, client: Client, parameters: tuple[str, ...]) -> None:
        """Bind the names that `exercise` asks for to stubs in the student's child."""
        asked = {*_definitions(exercise.stub), *parameters}
        bindings: dict[str, Any] = {}
        for name, definition in _definitions(exercise.solution).items():
            if name not in asked:
                continue
            target = (exercise.key, name)
            if isinstance(definition, ast.Assign):
                bindings[name] = ("value", self._get(target, client.meter))
            elif isinstance(definition, ast.FunctionDef):
                client.stubs[target] = self._stub(target, client, None)
                client.relays[target] = self._relay(target, client, None)
                bindings[name] = ("function", list(target))
            else:
                methods, properties, constants = _members(definition)
                extends = any(isinstance(base, ast.Name) and base.id == name for base in definition.bases)
                members = {*methods, *properties}
                client.stubs[target] = self._stub(target, client, members)
                client.relays[target] = self._relay(target, client, members)
                bindings[name] = ("class", list(target), extends, methods, properties, constants)
        client.bind(bindings)

    def _stub(self, target: tuple[str, str], client: Client, members: set[str] | None) -> Callable[..., Any]:
        """Return what a stub in the student's child calls: a function, or a member of a class by name."""

        def stub(*arguments: Any, **named: Any) -> Any:
            reference = self._called(target, client)
            if members is None:
                return reference(*arguments, **named)
            if not arguments or type(arguments[0]) is not str or arguments[0] not in members:
                raise TypeError("no such method")
            assert self._client is not None
            return self._client.operate("perform", reference, *arguments)

        return stub

    def _relay(self, target: tuple[str, str], client: Client, members: set[str] | None) -> Passthrough:
        """Return the same for plain values, passed through undecoded: there can be thousands of such calls."""

        def relay(node: Any, buffers: Sequence[Any]) -> tuple[str, Any, Sequence[Any]]:
            if members is not None and _method(node) not in members:
                raise TypeError("no such method")
            reference = self._called(target, client)
            assert self._client is not None
            return self._client.answer(reference, members is not None, node, buffers)

        return relay

    def _called(self, target: tuple[str, str], client: Client) -> Any:
        """Return the object that a stub stands for, and count the call; raise `OutOfLimits` after `MOST_CALLS`."""
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise OutOfLimits(f"it called earlier answers more than {MOST_CALLS} times")
        return self._get(target, client.meter)

    def _get(self, target: tuple[str, str], meter: Meter) -> Any:
        """Return what the reference bound to a name after its answer to a key; `target` is (key, name)."""
        if self._client is None:
            with meter.paused():  # restarting a zygote must not cost the student time
                child = self._fork()
            self._client = Client(child, meter)
            self._client.run(self._lesson.setup, "setup", ())
            for exercise in self._lesson.exercises:
                if exercise.kind == "code":
                    names = tuple(_definitions(exercise.solution))
                    bound, _, _ = self._client.run(exercise.solution, exercise.key, names)
                    self._bound |= {(exercise.key, each): value for each, value in bound.items()}
        self._client.use(meter)
        return self._bound[target]


def _method(node: Any) -> Any:
    """Return the method name, the first argument of a call's node; raise `TypeError` if it is not a call."""
    if type(node) is list and len(node) == 3 and type(node[1]) is list and len(node[1]) > 1:
        tag, (arguments, first, *_), _ = node
        if tag == arguments == "tuple":
            return first
    raise TypeError("no call")


def _definitions(source: str) -> dict[str, ast.FunctionDef | ast.ClassDef | ast.Assign]:
    """Return what a cell binds at top level, by name."""
    found: dict[str, ast.FunctionDef | ast.ClassDef | ast.Assign] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            found[statement.name] = statement
        elif isinstance(statement, ast.Assign):
            found |= {target.id: statement for target in statement.targets if isinstance(target, ast.Name)}
    return found


def _members(definition: ast.ClassDef) -> tuple[list[str], list[str], dict[str, Any]]:
    """Return a class's callable methods, its properties, and its literal constants by name."""
    methods: list[str] = []
    properties: list[str] = []
    constants: dict[str, Any] = {}
    for statement in definition.body:
        if isinstance(statement, ast.FunctionDef):
            kind = (
                properties
                if any(ast.unparse(each) == "property" for each in statement.decorator_list)
                else methods
            )
            kind.append(statement.name)
        elif isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            try:
                constants |= dict.fromkeys(names, ast.literal_eval(statement.value))
            except ValueError:  # an alias of a method, as in __rmul__ = __mul__
                methods += names
    public = [name for name in methods if not name.startswith("_") or name.endswith("__")]
    constants.pop("__slots__", None)
    return public, properties, constants
