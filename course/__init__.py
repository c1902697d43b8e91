"""What a notebook of this course imports.

The names below are the whole interface of a lesson, beside `course.data`, `course.playground` and `course.tutor`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["begin", "calibration", "expect", "predict", "ready", "reveal", "show"]

# Loaded on first use: `import course` stays fast and needs neither matplotlib nor a front end.
_HOMES = {
    "begin": "predictions.session",
    "calibration": "predictions.calibration",
    "expect": "testing.trial",
    "ready": "predictions.readiness",
    "reveal": "predictions.reveal",
    "show": "display.figures",
}


def __getattr__(name: str) -> Any:
    if name == "predict":
        return import_module(".predictions.predict", __name__)
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
