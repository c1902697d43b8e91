"""Stubs in the student's child: the names of an earlier, wrong answer, bound to calls of the reference.

No line of the reference is here: a stub sends its arguments out, and returns the values that come back. The stub
of a class mirrors the plain attributes of its objects; the originals are `ServerObjects` in the reference's own
child. Each call first sends what has changed here, and then takes over what the call has changed there, in any
object.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

__all__ = ["ServerObjects", "make_stub"]

CallOut = Callable[[Any, tuple[Any, ...], dict[str, Any]], Any]
Attributes = dict[str, Any]

NUMBER = "_number_of_original"


def make_stub(name: str, made_of: Any, space: dict[str, Any], call_out: CallOut) -> Any:
    """Make what gets bound to `name` in the namespace `space`.

    `made_of` is ("function", target), ("value", it) or ("class", target, extends, methods, properties, constants),
    where `extends` says whether to extend the class that has this name already, or to begin a new one.
    """
    kind, *rest = made_of
    if kind == "value":
        return rest[0]
    if kind == "function":
        return _function(name, rest[0], call_out)
    target, extends, methods, properties, constants = rest
    base = space.get(name) if extends else None
    mirror = _mirror_of(base, call_out)
    body = dict(constants)
    body |= {method: _method(method, target, mirror) for method in methods}
    body |= {each: property(_method(each, target, mirror)) for each in properties}
    body["_mirror"] = mirror
    return type(name, (base,) if isinstance(base, type) else (), body)


def _function(name: str, target: Any, call_out: CallOut) -> Callable[..., Any]:
    def stub(*arguments: Any, **named: Any) -> Any:
        return call_out(target, arguments, named)

    stub.__name__ = stub.__qualname__ = name
    return stub


def _method(name: str, target: Any, mirror: ClientObjects) -> Callable[..., Any]:
    def stub(self: Any, /, *arguments: Any, **named: Any) -> Any:
        return mirror.perform(target, name, self, arguments, named)

    stub.__name__ = name
    return stub


class ClientObjects:
    """Local copies of remote objects, with their attributes as they were when last in step."""

    def __init__(self, call_out: CallOut) -> None:
        self._call_out = call_out
        self._count = 0
        self._objects: dict[int, weakref.ref[Any]] = {}
        self._seen: dict[int, Attributes] = {}  # copies: a list changed in place has to show
        self._released: list[int] = []

    def perform(self, target: Any, method: str, this: Any, arguments: Iterable[Any], named: Attributes) -> Any:
        """Have the original of `this` perform a method, and synchronise both sides."""
        told = [self._tell(each) for each in (this, *arguments)]
        told_named = {name: self._tell(each) for name, each in named.items()}
        changes = [
            (number, change) for number in list(self._objects) if (change := self._changed(number)) is not None
        ]
        released, self._released = self._released, []
        request = (method, changes, released, told, told_named)
        kind, result, back = self._call_out(target, request, {})
        if kind == "object":
            result = self._object(result, type(this))
        for number, attributes in back:
            self._take_over(number, attributes)
        return NotImplemented if kind == "not implemented" else result

    def _object(self, number: int, kind: Any) -> Any:
        """Return the local object whose original has this number; make it if there is none."""
        known = self._objects.get(number)
        value = known() if known is not None else None
        if value is None:
            value = kind.__new__(kind)
            self._enter(number, value)
        return value

    def _tell(self, value: Any) -> tuple[str, Any]:
        return ("object", self._number(value)) if hasattr(type(value), "_mirror") else ("value", value)

    def _number(self, value: Any) -> int:
        number: int | None = value.__dict__.get(NUMBER)
        if number is None:
            self._count += 1
            number = self._count
            self._enter(number, value)
        return number

    def _enter(self, number: int, value: Any) -> None:
        value.__dict__[NUMBER] = number
        self._seen[number] = {}
        self._objects[number] = weakref.ref(value, lambda _: self._release(number))

    def _release(self, number: int) -> None:
        self._objects.pop(number, None)
        self._seen.pop(number, None)
        self._released.append(number)

    def _changed(self, number: int) -> Attributes | None:
        """Return the attributes set or changed here; {} announces an object that is new, None means no change."""
        value = self._objects[number]()
        now, seen = _plain_attributes(value), self._seen[number]
        change = {name: item for name, item in now.items() if name not in seen or not _same(item, seen[name])}
        new = not seen
        seen |= {name: _copy(item) for name, item in change.items()}
        return change if change or new else None

    def _take_over(self, number: int, attributes: Attributes) -> None:
        known = self._objects.get(number)
        if known is not None and (value := known()) is not None:
            value.__dict__.update(attributes)
            self._seen[number] |= {name: _copy(item) for name, item in attributes.items()}


class ServerObjects:
    """The reference's objects, in its own child. Those made there have negative numbers, so that none clash."""

    def __init__(self) -> None:
        self._count = 0
        self._objects: dict[int, Any] = {}
        self._seen: dict[int, Attributes] = {}

    def perform(
        self,
        kind: Any,
        method: str,
        changes: list[tuple[int, Attributes]],
        released: list[int],
        told: list[tuple[str, Any]],
        told_named: dict[str, tuple[str, Any]],
    ) -> tuple[str, Any, list[tuple[int, Attributes]]]:
        """Perform a method of `kind` on the first of the `told`; return its result and all changes it made."""
        for number in released:
            self._objects.pop(number, None)
            self._seen.pop(number, None)
        for number, attributes in changes:
            self._change(number, attributes, kind)
        this, *arguments = (self._value(each) for each in told)
        if type(this) is not kind:
            this.__class__ = kind  # the class has gained methods since the object was made
        result = getattr(this, method)
        if not isinstance(getattr(kind, method, None), property):
            result = result(*arguments, **{name: self._value(each) for name, each in told_named.items()})
        told_result = self._tell(result, kind)
        back = [(number, change) for number in self._objects if (change := self._changed(number))]
        return (*told_result, back)

    def _tell(self, result: Any, kind: Any) -> tuple[str, Any]:
        if result is NotImplemented:
            return "not implemented", None
        if not isinstance(result, kind):
            return "value", result
        number = next((number for number, known in self._objects.items() if known is result), None)
        if number is None:
            self._count -= 1
            number = self._count
            self._objects[number], self._seen[number] = result, {}
        return "object", number

    def _value(self, told: tuple[str, Any]) -> Any:
        kind, value = told
        return self._objects[value] if kind == "object" else value

    def _change(self, number: int, attributes: Attributes, kind: Any) -> None:
        if number not in self._objects:
            self._objects[number], self._seen[number] = kind.__new__(kind), {}
        self._objects[number].__dict__.update(attributes)
        self._seen[number] |= {name: _copy(item) for name, item in attributes.items()}

    def _changed(self, number: int) -> Attributes:
        now, seen = _plain_attributes(self._objects[number]), self._seen[number]
        change = {name: item for name, item in now.items() if name not in seen or not _same(item, seen[name])}
        seen |= {name: _copy(item) for name, item in change.items()}
        return change


def _mirror_of(base: Any, call_out: CallOut) -> ClientObjects:
    mirror = getattr(base, "_mirror", None)
    return mirror if isinstance(mirror, ClientObjects) else ClientObjects(call_out)


def _plain_attributes(value: Any) -> Attributes:
    return {name: item for name, item in vars(value).items() if not name.startswith("_") and _is_plain(item)}


def _is_plain(value: Any, depth: int = 0) -> bool:
    if isinstance(value, np.ndarray):
        return not value.dtype.hasobject
    if isinstance(value, (list, tuple)):
        return depth < 3 and all(_is_plain(item, depth + 1) for item in value)
    return value is None or isinstance(value, (bool, int, float, str, np.generic))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return bool(one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes())
    return type(one) is type(other) and bool(repr(one) == repr(other))


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, (np.ndarray, list)) else value
