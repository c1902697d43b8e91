"""Import a lesson's check modules from their text, which travels with the lesson to the worker that judges it.

The modules of `source/<lesson>/checks/` become one package, named after a digest of their text: two courses may
each have a lesson of the same name, and an edited check must be imported again.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

from autograder.records.problem import LessonError, Problem

from .check import Check

__all__ = ["CheckSources", "checks_in", "hidden_check", "import_module", "read_check_sources", "read_checks"]

CheckSources = Mapping[str, str]  # a module's name -> its text


class _LessonImporter(MetaPathFinder, ExecutionLoader):
    """Finds and loads the modules of one in-memory package."""

    def __init__(self, package: str, sources: CheckSources) -> None:
        self._package = package
        self._sources = sources

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of the package or one of its modules; None for any other name."""
        package, _, module = fullname.rpartition(".")
        if fullname == self._package or (package == self._package and module in self._sources):
            return spec_from_loader(fullname, self, is_package=fullname == self._package)
        return None

    def is_package(self, fullname: str) -> bool:
        """Return True for the package, False for its modules."""
        return fullname == self._package

    def get_source(self, fullname: str) -> str:
        """Return a module's text, for import and tracebacks."""
        return "" if self.is_package(fullname) else self._sources[fullname.rpartition(".")[2]]

    def get_filename(self, fullname: str) -> str:
        """Return a unique file name for the module: Python caches source lines by file name."""
        package, _, module = fullname.rpartition(".")
        return f"{package}/checks/{module}.py"


def read_check_sources(folder: Path) -> CheckSources:
    """Read the modules of a `checks/` folder; empty if there are none."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py"))}


def import_module(sources: CheckSources, module: str = "") -> ModuleType:
    """Import one check module, or the package that holds them all."""
    digest = hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()[:16]
    package = f"lesson_checks_{digest}"
    if package not in sys.modules:
        sys.meta_path.append(_LessonImporter(package, dict(sources)))
    return importlib.import_module(f"{package}.{module}" if module else package)


def checks_in(sources: CheckSources, folder: str = "checks") -> dict[str, Check]:
    """Import the modules and return their checks by key; a failing module of `folder` raises `LessonError`."""
    found = (value for module in sources for value in vars(_imported(sources, module, folder)).values())
    return {check.key: check for check in found if isinstance(check, Check)}


def read_checks(folder: Path, shown: str = "checks") -> dict[str, Check]:
    """Read a `checks/` folder, called `shown` in errors, and return its checks by key."""
    return checks_in(read_check_sources(folder), shown)


def _imported(sources: CheckSources, module: str, folder: str) -> ModuleType:
    try:
        return import_module(sources, module)
    except Exception as error:
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        kind = "" if type(error) is ValueError else f"{type(error).__name__}: "  # ours say it all
        place = _place(error) or f"{module}.py"
        raise LessonError([Problem(f"{folder}/{place}", f"{kind}{what}", "fix this line of the check")]) from error


def _place(error: Exception) -> str:
    """The last line of a lesson's checks that an error went through."""
    steps = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        steps.append((error.filename or "", error.lineno))
    inside = [(file, line) for file, line in steps if file.startswith("lesson_checks_")]
    return f"{inside[-1][0].rpartition('/')[2]}, line {inside[-1][1]}" if inside else ""


def hidden_check(lesson: str, key: str) -> Check:
    """Find an exercise's check for the hidden part of its test cell.

    Searches `source/<lesson>/checks/` in the working directory, its parents, and the folders on Python's path.
    Raises `LookupError`.
    """
    here = Path.cwd()
    for course in (here, *here.parents, *map(Path, sys.path)):
        folder = course / "source" / lesson / "checks"
        if folder.is_dir():
            return read_checks(folder)[key]
    raise LookupError(f"no checks of {lesson} found: run this in the course folder.")
