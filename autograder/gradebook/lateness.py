"""Late penalties, decided by the plugin that nbgrader's configuration names; by default, none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

__all__ = ["Lateness", "seconds_late"]

EPOCH = datetime(1970, 1, 1)  # the database stores an extension as this moment plus its length


def seconds_late(timestamp: str | None, due: str | None, extension: str | None) -> float:
    """Return how many seconds after its due date a submission came in; all times as in the database, UTC."""
    if timestamp is None or due is None:
        return 0.0
    late = datetime.fromisoformat(timestamp) - datetime.fromisoformat(due)
    if extension is not None:
        late -= datetime.fromisoformat(extension) - EPOCH
    return max(0.0, late.total_seconds())


class Lateness:
    """nbgrader's step for late penalties, configured for the course in `course_dir` on first use."""

    def __init__(self, course_dir: Path) -> None:
        self._course_dir = course_dir
        self._step: Any = None

    def penalty(self, student: str, score: float, seconds: float) -> float | None:
        """Return the points that a late submission loses, at most its score; None if the plugin sets none."""
        if self._step is None:
            from nbgrader.preprocessors import AssignLatePenalties

            from .settings import load_config

            self._step = AssignLatePenalties(config=load_config(self._course_dir))
            self._step.init_plugin()
        found = self._step.plugin_inst.late_submission_penalty(student, score, seconds)
        if found is None:
            return None
        return float(self._step._check_late_penalty(SimpleNamespace(score=score), found))
