"""A judge without a sandbox, for answers that we wrote: it stands in for `autograder.judge` in unit tests."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import matplotlib

from autograder.check import Outcome, Verdict
from autograder.lesson import Lesson

matplotlib.use("Agg")


@dataclass(frozen=True)
class Limits:
    seconds: float = 10.0
    figures: str = "graded"


@dataclass(frozen=True)
class Judgement:
    verdicts: Mapping[str, Verdict]
    printed: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)


def judge(lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> Judgement:
    """Run each answer after the reference's earlier ones, then its check."""
    verdicts, printed = {}, {}
    checks = lesson.checks()
    for exercise in lesson.code:
        if exercise.key not in answers:
            continue
        names: dict[str, Any] = {}
        for source in [lesson.setup, *(each.solution for each in lesson.code)]:
            exec(source, names)
        output = io.StringIO()
        try:
            with contextlib.redirect_stdout(output):
                exec(answers[exercise.key], names)
        except Exception as error:
            verdicts[exercise.key] = Verdict(exercise.key, Outcome.INCORRECT, 0.0, message=str(error))
        else:
            check = checks[exercise.key]
            verdicts[exercise.key] = check.verdict(*(names[name] for name in check.takes), seed=seed)
        printed[exercise.key] = output.getvalue()
    return Judgement(verdicts, printed)
