"""What a notebook of this course imports.

Apart from `course.data`, `course.playground` and `course.tutor`, the names below are all that lessons use.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["begin", "calibration", "expect", "predict", "ready", "reveal", "show"]

# Loaded on first use: `import course` stays fast and needs neither matplotlib nor a front end.
_LAZY_EXPORTS = {
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
    if name in _LAZY_EXPORTS:
        return getattr(import_module(f".{_LAZY_EXPORTS[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
