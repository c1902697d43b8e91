"""The house has rooms: imports run downwards, without a circle, and grading needs no notebook."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.places import ROOT

# From the roof down; rooms on one floor do not know each other.
FLOORS = [
    {"autograder"},  # __main__
    {"autograder.cli"},
    {"autograder.grading"},
    {"autograder.authoring", "autograder.reports"},
    {"autograder.gradebook"},
    {"autograder.lesson"},
    {"autograder.oracles"},
    {"autograder.checking"},
    {"autograder.sealed"},
    {"autograder.sealed.inside", "autograder.records"},
    {"autograder.atomic_file", "autograder.log"},
    {"course"},
    {"course.predictions", "course.playground", "course.tutor"},
    {"course.display", "course.testing", "course.data"},
    {"course.mime_types"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {
    module_of(file): file
    for package in ("autograder", "course")
    for file in sorted((ROOT / package).rglob("*.py"))
    if "build" not in file.parts
}


def room_of(module: str) -> str:
    """The package that a module lives in; a module directly under the top is a room of its own."""
    if module in FLOOR:
        return module
    return module.rpartition(".")[0]


def imported(module: str) -> Iterator[str]:
    """Every module of ours that a module imports, also lazily, within a function."""
    package = module.split(".") if MODULES[module].name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *((node.module or "").split(".") if node.module else [])])
            for alias in node.names:
                target = f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in MODULES else origin
                if target in MODULES and target != module:
                    yield target


GRAPH = {module: set(imported(module)) for module in MODULES}


def test_no_module_is_in_a_circle() -> None:
    # A package's __init__ may gather its own modules, which do not import it.
    list(TopologicalSorter(GRAPH).static_order())


def test_no_room_is_in_a_circle_and_every_arrow_points_down() -> None:
    arrows = {(room_of(module), room_of(target)) for module, targets in GRAPH.items() for target in targets}
    upwards = [(one, other) for one, other in arrows if one != other and FLOOR[one] >= FLOOR[other]]
    assert not upwards


def test_the_course_knows_nothing_of_the_grader() -> None:
    for module in MODULES:
        if module.startswith("course"):
            assert not [target for target in GRAPH[module] if target.startswith("autograder")], module


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_a_room_says_what_lives_there(room: str) -> None:
    text = ast.get_docstring(ast.parse(MODULES[room].read_text(encoding="utf-8")))
    assert text


def test_grading_loads_no_notebook_interface() -> None:
    # `grading.stock` is a step of nbgrader's, which brings IPython itself; of `course` it must not load more.
    grading = [module for module in MODULES if module.startswith("autograder.grading")]
    interface = {"course.display.frontend", "course.display.figures"}
    interface |= {f"course.predictions.{name}" for name in ("session", "predict", "form", "reveal", "store")}
    assert not interface & loaded_by(grading)
    libraries = {"IPython", "ipywidgets", "bqplot"}
    assert not libraries & loaded_by([module for module in grading if module != "autograder.grading.stock"])
    assert not libraries - {"IPython"} & loaded_by(grading)


def loaded_by(modules: list[str]) -> set[str]:
    """All modules that a fresh process holds after these were imported."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_engine_knows_no_lesson() -> None:
    lessons = [folder.name for folder in (ROOT / "source").iterdir() if folder.is_dir()]
    for module, file in MODULES.items():
        if module.startswith("autograder.") and "cli.demo" not in module:
            text = file.read_text(encoding="utf-8")
            assert not [lesson for lesson in lessons if lesson in text], module


# tests that belong to no one module of a room
ELSEWHERE = {"attacks", "browser", "lessons", "project"}
ACROSS = {
    "tests/gradebook/test_stock_commands.py",  # nbgrader's own commands on a course of ours
    "tests/grading/test_same_scores.py",  # one bank, four graders
    "tests/sealed/test_forgery.py",  # bytes that a child forges
    "tests/sealed/test_unprivileged.py",  # who grades is an ordinary user
}


def test_a_test_file_is_named_after_a_module_of_its_room() -> None:
    files = sorted(file.relative_to(ROOT / "tests") for file in (ROOT / "tests").rglob("test_*.py"))
    for file in [file for file in files if file.parts[0] not in ELSEWHERE | {"minicourse"}]:
        tested = file.with_name(file.name.removeprefix("test_"))
        homes = [ROOT / tested, ROOT / "autograder" / tested]
        assert any(home.is_file() for home in homes) or f"tests/{file}" in ACROSS, file


def test_what_tests_more_than_a_module_is_still_there() -> None:
    assert [name for name in sorted(ACROSS) if not (ROOT / name).is_file()] == []
