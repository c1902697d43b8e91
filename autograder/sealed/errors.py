"""Put what comes out of the sandbox into words: errors, text, how a child ended, all of it sanitised first."""

from __future__ import annotations

import builtins
import re
import signal
from typing import Any

__all__ = [
    "LONGEST_MESSAGE",
    "base_of",
    "clean",
    "describe_exit",
    "is_student_error",
    "mark_student_error",
    "student_error",
]

LONGEST_MESSAGE = 500
SIGNALS = {
    signal.SIGSEGV: "it crashed the Python process (a segmentation fault)",
    signal.SIGBUS: "it crashed the Python process (a bus error)",
    signal.SIGABRT: "it aborted the Python process",
    signal.SIGKILL: "it was ended by the system, most often for want of memory",
}
# What would move a terminal's cursor or colour it, and what turns the direction of writing: a page could then
# show the instructor another text than the one that is there.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def clean(text: Any) -> str:
    """Return the text without control characters; "" for anything that is not text."""
    return _CONTROL.sub("�", text) if type(text) is str else ""


def student_error(description: Any) -> BaseException:
    """Rebuild an exception of the student's code: its built-in base class, with its message."""
    name, text = description if type(description) is tuple and len(description) == 2 else ("", "")
    kind = getattr(builtins, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, (Exception, SystemExit))):
        kind = RuntimeError
    message = clean(text)[:LONGEST_MESSAGE]
    try:
        return mark_student_error(kind(message))
    except TypeError:  # UnicodeDecodeError, for one, takes more than a message
        return mark_student_error(ValueError(message))


def mark_student_error(error: BaseException) -> BaseException:
    """Mark an exception as caused by the student's code: the answer is wrong, and the grader is not broken."""
    error.__dict__["is_student_error"] = True
    return error


def is_student_error(error: BaseException | None) -> bool:
    """Whether an exception came from the student's code, or was raised while such a one was handled."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if getattr(error, "is_student_error", False):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def base_of(error: BaseException) -> str:
    """Return the name of an exception's built-in base class."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")


def describe_exit(number: int, code: int) -> str:
    """Say how a child ended that was not told to: by the signal of this number, or (0) with this exit code."""
    if number:
        return SIGNALS.get(signal.Signals(number), f"its process was ended by signal {number}")
    return f"it ended the Python process (with exit code {code})"
