"""What a late submission loses: decided by the plugin that nbgrader's configuration names, by default nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

__all__ = ["Lateness", "seconds_late"]

EPOCH = datetime(1970, 1, 1)  # the database holds an extension as so much later than this


def seconds_late(timestamp: str | None, due: str | None, extension: str | None) -> float:
    """How long after its due date a submission came in; the three as the database holds them, UTC."""
    if timestamp is None or due is None:
        return 0.0
    late = datetime.fromisoformat(timestamp) - datetime.fromisoformat(due)
    if extension is not None:
        late -= datetime.fromisoformat(extension) - EPOCH
    return max(0.0, late.total_seconds())


class Lateness:
    """nbgrader's own step for late penalties, configured as for the course in `course_dir`, when it is needed."""

    def __init__(self, course_dir: Path) -> None:
        self._course_dir = course_dir
        self._step: Any = None

    def penalty(self, student: str, score: float, seconds: float) -> float | None:
        """The points that a late submission with this score loses, never more than it has; None where none."""
        if self._step is None:
            from nbgrader.preprocessors import AssignLatePenalties

            from .settings import load_config

            self._step = AssignLatePenalties(config=load_config(self._course_dir))
            self._step.init_plugin()
        found = self._step.plugin_inst.late_submission_penalty(student, score, seconds)
        if found is None:
            return None
        return float(self._step._check_late_penalty(SimpleNamespace(score=score), found))
