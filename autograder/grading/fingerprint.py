"""The fingerprint of a graded submission: a hash of everything that its points depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from autograder.lesson.model import Lesson

from .judge import Limits

__all__ = ["fingerprint", "grading_digest"]

ROOT = Path(__file__).resolve().parents[2]
# The packages whose code can change a verdict.
JUDGING = (
    *("autograder/records", "autograder/sealed", "autograder/checking", "autograder/oracles"),
    *("autograder/lesson", "autograder/grading", "course/testing", "course/predictions", "course/data"),
)


def fingerprint(grading: str, work: str) -> str:
    """Hash the digests of the grading (`grading_digest`) and of the work (`Submission.digest`)."""
    return hashlib.sha256(f"{grading} {work}".encode()).hexdigest()


def grading_digest(lesson: Lesson, limits: Limits) -> str:
    """Hash the lesson, the source of its checks and of the judge, and the limits."""
    plain = [lesson.name, lesson.version, dict(lesson.check_sources), judge_digest(), asdict(limits)]
    asked = [*map(asdict, lesson.exercises), *map(asdict, lesson.predictions)]
    return hashlib.sha256(json.dumps([plain, asked], sort_keys=True, default=str).encode()).hexdigest()


@cache
def judge_digest() -> str:
    """Hash every module that can change a verdict in any lesson."""
    found = hashlib.sha256()
    for room in JUDGING:
        for file in sorted((ROOT / room).rglob("*.py")):
            found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()
