"""The student package, dist/student/: it works by itself and holds nothing of the instructor's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import course
from autograder.lesson.model import lesson_names
from autograder.records.problem import Problem

__all__ = ["ALLOWED", "unexpected_files", "write_package"]

# allowed paths, relative to the package; everything else is a leak or litter
ALLOWED = [
    r"release/(?P<lesson>[^/]+)/(?P=lesson)\.ipynb",
    r"course/([a-z]+/)?[a-z_]+\.py",
    r"course/pyproject\.toml",
    r"(learn|environment)\.py",
    r"requirements\.txt|README\.md|Makefile|LICENSE",
]
# what a student's use leaves in the folder
LEFT = {".venv", "work", "__pycache__", ".ipynb_checkpoints"}


def write_package(course_dir: Path, destination: Path) -> list[Path]:
    """Fill `destination` with what students get, remove everything else, and return the relative paths."""
    files = dict(_files(course_dir))
    for name, origin in files.items():
        target = destination / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != origin.read_bytes():
            shutil.copyfile(origin, target)
    for stale in set(_present(destination)) - files.keys():
        (destination / stale).unlink()
    return sorted(files)


def _files(course_dir: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each file's path in the package, and its source."""
    for name in lesson_names(course_dir):
        notebook = Path("release", name, f"{name}.ipynb")
        if (course_dir / notebook).is_file():
            yield notebook, course_dir / notebook
    package = Path(course.__file__).parent
    for file in [*sorted(package.rglob("*.py")), package / "pyproject.toml"]:
        yield Path("course", file.relative_to(package)), file
    for file in [*sorted((course_dir / "student").glob("*")), course_dir / "LICENSE"]:
        if file.is_file() and is_allowed(Path(file.name)):
            yield Path(file.name), file


def unexpected_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file that does not belong in a student package."""
    for path in _present(folder):
        if not is_allowed(path):
            yield Problem(str(folder / path), "students must not get this file", "run `autograder release` again")


def is_allowed(path: Path) -> bool:
    """Return whether the package may hold a file at this relative path."""
    return any(re.fullmatch(pattern, path.as_posix()) for pattern in ALLOWED)


def _present(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not LEFT.intersection(relative.parts):
            yield relative
