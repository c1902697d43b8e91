"""Proxies: what a check holds in place of a student's function, class or object. The real one stays in the child.

Whatever is done to a proxy is done to the real object, and only a plain value, or another proxy, comes back.
Equality is identity: a student's `__eq__` must never decide whether an answer is right.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from autograder.sealed.inside.protocol import OPERATORS, REFLECTED

from .errors import mark_student_error

__all__ = ["CallableProxy", "Proxy", "call_remote", "make_proxy", "number_of"]

LONGEST = 2**40  # the largest length that an object may claim: code that trusts len() computes with it


class Remote(Protocol):
    """Where the real object lives."""

    def operate(self, operation: str, *operands: Any) -> Any:
        """Do one operation on the real object."""


class Proxy:
    """A student's object, seen from the judge."""

    __slots__ = ("__handle", "__weakref__")
    __array_ufunc__ = None  # NumPy leaves `array + proxy` to the proxy
    __handle: tuple[Remote, int, str, str]

    def __init__(self, remote: Remote, number: int, name: str, kind: str) -> None:
        object.__setattr__(self, "_Proxy__handle", (remote, number, name, kind))

    def __repr__(self) -> str:
        return f"a {self.__handle[3]}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith(
            "__"
        ):  # protocols that act on this process: NumPy would take __array_interface__ for memory
            raise AttributeError(name)
        return self.__do("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.__do("setattr", name, value)

    def __delattr__(self, name: str) -> None:
        self.__do("delattr", name)

    def __len__(self) -> int:
        return int(self.__typed(int, "len"))

    def __bool__(self) -> bool:
        return bool(self.__typed(bool, "bool"))

    def __float__(self) -> float:
        return float(self.__typed(float, "float"))

    def __int__(self) -> int:
        return int(self.__typed(int, "int"))

    def __index__(self) -> int:
        return int(self.__typed(int, "index"))

    def __contains__(self, item: Any) -> bool:
        return bool(self.__typed(bool, "contains", item))

    def __iter__(self) -> Proxy:
        iterator = self.__do("iter")
        if not isinstance(iterator, Proxy):
            raise mark_student_error(TypeError("iter() does not give an iterator"))
        return iterator

    def __next__(self) -> Any:
        return self.__do("next")

    def __getitem__(self, key: Any) -> Any:
        return self.__do("getitem", key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self.__do("setitem", key, value)

    def __delitem__(self, key: Any) -> None:
        self.__do("delitem", key)

    def __copy__(self) -> Any:
        return self.__do("copy")

    def __deepcopy__(self, memo: Any) -> Any:
        return self.__do("deepcopy")

    def __reduce__(self) -> str:
        raise TypeError("a proxy cannot leave its process")

    def __do(self, operation: str, *operands: Any) -> Any:
        return self.__handle[0].operate(operation, self, *operands)

    def __typed(self, kind: Any, operation: str, *operands: Any) -> Any:
        value = self.__do(operation, *operands)
        if type(value) is not kind:
            raise mark_student_error(TypeError(f"{operation}() does not give a value of type {kind.__name__}"))
        if operation == "len" and not 0 <= value < LONGEST:
            raise mark_student_error(ValueError("__len__() should return a length"))
        return value


class CallableProxy(Proxy):
    """A student's function, class or callable object, seen from the judge."""

    __slots__ = ()

    @property
    def __name__(self) -> str:
        return self._Proxy__handle[2]  # type: ignore[no-any-return]

    def __call__(self, /, *arguments: Any, **named: Any) -> Any:
        """Call the real object."""
        return self._Proxy__handle[0].operate("call", self, arguments, named)


def _forward(name: str) -> None:
    """Add an operator to proxies, and its reflected form."""

    def ours(self: Proxy, *other: Any) -> Any:
        return self._Proxy__handle[0].operate(name, self, *other)

    def reflected(self: Proxy, other: Any) -> Any:
        return self._Proxy__handle[0].operate(name, other, self)

    method = name if name.endswith("_") else f"{name}_"
    setattr(Proxy, f"__{method}_", ours)
    if name in REFLECTED:
        setattr(Proxy, f"__r{method}_", reflected)


for _name in OPERATORS:
    _forward(_name)


def make_proxy(remote: Remote, number: int, calls: bool, name: str, kind: str) -> Proxy:
    """Make the proxy of the child's object with this number. Its names come from the child, so they are vetted."""
    kind = _clean(kind) or "object"
    if not calls:
        return Proxy(remote, number, "", kind)
    return CallableProxy(remote, number, _clean(name) or "the function", kind)


def number_of(value: Proxy, remote: Remote) -> int | None:
    """Return the object's number in `remote`; None if it lives elsewhere."""
    home, number, _, _ = value._Proxy__handle
    return number if home is remote else None


def call_remote(operation: str, value: Proxy, *operands: Any) -> Any:
    """Run an operation where the real object of `value` is, in one request; the result is untrusted.

    `value` is among the operands, which may be in any order.
    """
    return value._Proxy__handle[0].operate(operation, *operands)


def _clean(name: str) -> str:
    return name if re.fullmatch(r"<?\w{1,60}>?", name) else ""
