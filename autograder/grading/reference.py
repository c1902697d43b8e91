"""The reference's answers in place of a student's wrong ones, for the exercises that build on them.

The reference runs in a sealed child of its own, forked when it is first called: what a student's code hands to it
can be absurd, and neither its source nor its process is in reach of the student's child. Values go to and fro.
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

MOST_CALLS = 100_000  # of stubs, in one child


class Reference:
    """The lesson's reference answers, each bound as it was right after its own cell."""

    def __init__(self, lesson: Lesson, fork: Callable[[], Child]) -> None:
        self._lesson = lesson
        self._fork = fork
        self._client: Client | None = None
        self._bound: dict[tuple[str, str], Any] = {}
        self._calls = 0

    def end(self) -> None:
        """End the reference's child, if there is one."""
        if self._client is not None:
            self._client.child.kill_nowait()
            self._client = None
        self._bound.clear()
        self._calls = 0

    def bind_stubs(self, exercise: Exercise, client: Client, parameters: tuple[str, ...]) -> None:
        """Bind the names that `exercise` asks for, in the student's child, to calls of the reference."""
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
        """What a stub in the student's child calls: a function, or a member of a class, by its name."""

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
        """The same where the values are plain: of such calls there can be thousands."""

        def relay(node: Any, buffers: Sequence[Any]) -> tuple[str, Any, Sequence[Any]]:
            if members is not None and _method(node) not in members:
                raise TypeError("no such method")
            reference = self._called(target, client)
            assert self._client is not None
            return self._client.answer(reference, members is not None, node, buffers)

        return relay

    def _called(self, target: tuple[str, str], client: Client) -> Any:
        """What a stub stands for, counted."""
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise OutOfLimits(f"it called earlier answers more than {MOST_CALLS} times")
        return self._get(target, client.meter)

    def _get(self, target: tuple[str, str], meter: Meter) -> Any:
        """What the reference has bound to a name after its answer of a key."""
        if self._client is None:
            with meter.paused():  # a zygote that has to be started anew is no time of the student's
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
    """The first argument in the node of a call; raises `TypeError`."""
    if type(node) is list and len(node) == 3 and type(node[1]) is list and len(node[1]) > 1:
        tag, (arguments, first, *_), _ = node
        if tag == arguments == "tuple":
            return first
    raise TypeError("no call")


def _definitions(source: str) -> dict[str, ast.FunctionDef | ast.ClassDef | ast.Assign]:
    """What a cell binds at its top level, by name."""
    found: dict[str, ast.FunctionDef | ast.ClassDef | ast.Assign] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            found[statement.name] = statement
        elif isinstance(statement, ast.Assign):
            found |= {target.id: statement for target in statement.targets if isinstance(target, ast.Name)}
    return found


def _members(definition: ast.ClassDef) -> tuple[list[str], list[str], dict[str, Any]]:
    """The methods of a class that others may call, its properties, and its plain constants."""
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
            except ValueError:  # another name of a method, as in __rmul__ = __mul__
                methods += names
    public = [name for name in methods if not name.startswith("_") or name.endswith("__")]
    constants.pop("__slots__", None)
    return public, properties, constants
