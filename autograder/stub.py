"""Stubs inside the sandbox: the names of an earlier, wrong answer, bound to calls of the judge's reference.

No line of the reference is here: a stub sends its arguments out and gives back the values that return.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["make_stub"]

CallOut = Callable[[Any, tuple[Any, ...], dict[str, Any]], Any]


def make_stub(name: str, made_of: Any, space: dict[str, Any], call_out: CallOut) -> Any:
    """Make what is bound to `name`; `made_of` is ("function", target) or ("value", it)."""
    kind, *rest = made_of
    if kind == "value":
        return rest[0]
    return _function(name, rest[0], call_out)


def _function(name: str, target: Any, call_out: CallOut) -> Callable[..., Any]:
    def stub(*arguments: Any, **named: Any) -> Any:
        return call_out(target, arguments, named)

    stub.__name__ = stub.__qualname__ = name
    return stub
