"""The fingerprint of a graded submission: a hash of everything that its marks depend on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

from .judge import Limits
from .lesson import Lesson

__all__ = ["fingerprint", "grading_digest", "sources"]

HERE = Path(__file__).resolve().parent.parent
PACKAGES = ("autograder", "course")
# what judges, and what the sandbox loads by name instead of importing it
ROOTS = ("grading", "judge", "session", "stub", "zygote")
FROM = re.compile(r"^[ \t]*from[ ]+(\.*)([\w.]*)[ ]+import[ ]+(\([^)]*\)|.*)", re.M)
NAME = re.compile(r"\w+")


def fingerprint(grading: str, work: str) -> str:
    """Hash the way of grading (see `grading_digest`) and the work (see `Submission.digest`)."""
    return hashlib.sha256(f"{grading} {work}".encode()).hexdigest()


def grading_digest(lesson: Lesson, limits: Limits) -> str:
    """Hash the lesson, the source of its checks and of the judge, and the limits."""
    plain = [lesson.name, lesson.version, judge_digest(lesson.course_dir, lesson.module), asdict(limits)]
    asked = [*map(asdict, lesson.exercises), *map(asdict, lesson.predictions)]
    return hashlib.sha256(json.dumps([plain, asked], sort_keys=True, default=str).encode()).hexdigest()


@cache
def judge_digest(course_dir: Path, module: str) -> str:
    """Hash all source that takes part in a verdict of this lesson."""
    own = course_dir / "checks" / f"{module}.py"
    checks = own if own.is_file() else HERE / "autograder" / "checks" / f"{module}.py"
    found = hashlib.sha256()
    for file in sources([checks, *(HERE / "autograder" / f"{root}.py" for root in ROOTS)]):
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()


def sources(roots: list[Path]) -> list[Path]:
    """List the files of our two packages that these files import, at any remove, themselves included."""
    found: set[Path] = set()
    todo = [root for root in roots if root.is_file()]
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            todo += _imported(file)
    return sorted(found)


def _imported(file: Path) -> Iterator[Path]:
    # by pattern, for parsing forty files takes longer than grading a submission
    for dots, module, names in FROM.findall(file.read_text(encoding="utf-8")):
        folder = file.parents[len(dots) - 1] if dots else HERE
        base = folder.joinpath(*module.split(".")) if module else folder
        yield from _files([base, *(base / name for name in NAME.findall(names))])


def _files(modules: list[Path]) -> Iterator[Path]:
    for module in modules:
        file = module.with_suffix(".py")
        if file.is_file() and file.parent.is_relative_to(HERE) and file.relative_to(HERE).parts[0] in PACKAGES:
            yield file
