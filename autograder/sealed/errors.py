"""What a child tells of errors and text, made safe to raise, to show and to print."""

from __future__ import annotations

import builtins
import re
from typing import Any

__all__ = ["LONGEST_MESSAGE", "base_of", "clean", "is_student_error", "mark_student_error", "student_error"]

LONGEST_MESSAGE = 500
# what would move a terminal's cursor, colour it, or turn the direction of writing
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def clean(text: Any) -> str:
    """The text without control characters; the empty string where it is none."""
    return _CONTROL.sub("�", text) if type(text) is str else ""


def student_error(told: Any) -> BaseException:
    """Make an exception of the student's again: its built-in base, with its message."""
    name, text = told if type(told) is tuple and len(told) == 2 else ("", "")
    kind = getattr(builtins, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, (Exception, SystemExit))):
        kind = RuntimeError
    message = clean(text)[:LONGEST_MESSAGE]
    try:
        return mark_student_error(kind(message))
    except TypeError:  # one that takes more than a message
        return mark_student_error(ValueError(message))


def mark_student_error(error: BaseException) -> BaseException:
    """Mark an exception as the consequence of what a student's code does."""
    error.__dict__["is_student_error"] = True
    return error


def is_student_error(error: BaseException | None) -> bool:
    """Whether an exception came out of the student's code, or was raised while one was handled."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if getattr(error, "is_student_error", False):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def base_of(error: BaseException) -> str:
    """The name of an exception's built-in base."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
