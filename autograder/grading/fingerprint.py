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
# The rooms whose code takes part in a verdict.
JUDGING = (
    *("autograder/records", "autograder/sealed", "autograder/checking", "autograder/oracles"),
    *("autograder/lesson", "autograder/grading", "course/testing", "course/predictions", "course/data"),
)


def fingerprint(grading: str, work: str) -> str:
    """Hash the way of grading (see `grading_digest`) and the work (see `Submission.digest`)."""
    return hashlib.sha256(f"{grading} {work}".encode()).hexdigest()


def grading_digest(lesson: Lesson, limits: Limits) -> str:
    """Hash the lesson with the source of its checks, the source of the judge, and the limits."""
    plain = [lesson.name, lesson.version, dict(lesson.check_sources), judge_digest(), asdict(limits)]
    asked = [*map(asdict, lesson.exercises), *map(asdict, lesson.predictions)]
    return hashlib.sha256(json.dumps([plain, asked], sort_keys=True, default=str).encode()).hexdigest()


@cache
def judge_digest() -> str:
    """Hash every module that takes part in a verdict, whatever the lesson."""
    found = hashlib.sha256()
    for room in JUDGING:
        for file in sorted((ROOT / room).rglob("*.py")):
            found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()
