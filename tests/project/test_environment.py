"""What is declared, pinned and imported agrees: pyproject files, locks, environment.yml and the code."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.places import ROOT

TOOL = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
COURSE = tomllib.loads((ROOT / "course" / "pyproject.toml").read_text())["project"]
LOCKS = {"student": ROOT / "student" / "requirements.txt", "developer": ROOT / "requirements" / "dev.txt"}
OURS = {"first-descent", "first-descent-course"}


def pins(lock: Path) -> dict[str, Requirement]:
    """The pinned requirements of a lock, by name."""
    lines = (line.split("#")[0].strip() for line in lock.read_text().splitlines())
    found = [Requirement(line) for line in lines if line]
    return {canonicalize_name(pin.name): pin for pin in found}


def declared(*groups: str) -> list[Requirement]:
    """What the two pyproject files ask for, with these extras of the tool's."""
    texts = [*COURSE["dependencies"], *TOOL["dependencies"]]
    texts += [text for group in groups for text in TOOL["optional-dependencies"][group]]
    return [need for need in map(Requirement, texts) if canonicalize_name(need.name) not in OURS]


def version(pin: Requirement) -> Version:
    (only,) = pin.specifier
    assert only.operator == "=="
    return Version(only.version)


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_a_lock_pins_every_package_and_names_no_address(lock: Path) -> None:
    assert len(pins(lock)) > 50
    assert all(version(pin) for pin in pins(lock).values())
    assert not re.search(r"://|--(index|find|extra|hash|trusted)|^-e|^/| @ |\+cpu", lock.read_text(), re.MULTILINE)


def test_the_developers_lock_fits_what_is_declared() -> None:
    locked = pins(LOCKS["developer"])
    for need in declared("dev", "dask"):
        assert version(locked[canonicalize_name(need.name)]) in need.specifier, need


def test_the_students_lock_fits_what_course_declares_and_holds_nothing_of_the_instructors() -> None:
    locked = pins(LOCKS["student"])
    for need in map(Requirement, COURSE["dependencies"]):
        assert version(locked[canonicalize_name(need.name)]) in need.specifier, need
    assert not {"nbgrader", "pytest", "jupytext", "scikit-learn", "torch"} & locked.keys()


def test_the_developers_lock_holds_the_students_pins_so_that_one_environment_does_for_both() -> None:
    student, developer = (
        {name: pin.specifier for name, pin in pins(LOCKS[who]).items()} for who in ("student", "developer")
    )
    assert student.items() <= developer.items()


def test_conda_and_binder_get_the_same_environment() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert conda["name"] == TOOL["name"]
    *packages, pip = conda["dependencies"]
    assert packages == [f"python{TOOL['requires-python']}", "pip"]
    assert pip == {"pip": ["-r requirements/dev.txt", "-e ./course", "-e ."]}


def test_both_distributions_name_the_same_pythons() -> None:
    wanted = [f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)]
    for project in (TOOL, COURSE):
        assert [line for line in project["classifiers"] if "Python :: 3." in line] == wanted
        assert project["requires-python"] == ">=3.11"


def imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """The top-level modules that a folder's files import, each with the file."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from ((name.name.split(".")[0], file) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module.split(".")[0], file


def undeclared(folder: str, needs: list[Requirement]) -> set[str]:
    """What the files of a folder import and the requirements do not name."""
    homes = packages_distributions()
    allowed = {canonicalize_name(need.name) for need in needs}
    found = set()
    for module, file in imported(ROOT / folder):
        known = module in sys.stdlib_module_names or module in ("course", "autograder", "checks")
        if not known and not allowed & set(map(canonicalize_name, homes.get(module, []))):
            found.add(f"{file.relative_to(ROOT)}: {module}")
    return found


def test_course_imports_only_what_it_declares() -> None:
    assert undeclared("course", list(map(Requirement, COURSE["dependencies"]))) == set()


def test_the_tool_imports_only_what_it_declares() -> None:
    assert undeclared("autograder", declared("dask")) == set()


def test_course_never_imports_the_tool() -> None:
    assert not [file for module, file in imported(ROOT / "course") if module == "autograder"]
