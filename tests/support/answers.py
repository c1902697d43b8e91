"""The bank's answers with what they need to be judged inside the tests' own process.

A lesson is read from its source text here, not from its products: what an author changes counts at once, before
anything has been built. Hostile answers are listed, never run.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from autograder.authoring.answer_files import AnswerFile, read_answers
from autograder.checking.loading import import_module, read_check_sources
from autograder.lesson.model import BEGIN_SOLUTION, END_SOLUTION, Exercise, Lesson, lesson_names
from autograder.lesson.source import read_manuscript
from tests.support.places import ROOT

COURSE = ROOT


@cache
def lessons() -> tuple[str, ...]:
    """The lessons that have a source text and answers in the bank."""
    return tuple(lesson_names(COURSE))


@cache
def bank(lesson: str) -> tuple[AnswerFile, ...]:
    """The answers to the lesson's code exercises."""
    return tuple(read_answers(COURSE, lesson))


@cache
def attacks(lesson: str) -> tuple[AnswerFile, ...]:
    """The attacks that are handed in as answers to the lesson's exercises. They are never run here."""
    files = sorted((COURSE / "tests" / "attacks" / lesson).glob("*/*.py"))
    return tuple(AnswerFile(file.parent.name, file.stem, file, file.read_text(encoding="utf-8")) for file in files)


@cache
def load(name: str) -> Lesson:
    """Read from the lesson's source text what judging an answer takes."""
    cells = read_manuscript(COURSE / "source" / name / f"{name}.py").cells
    solved = {cell.name: _without_markers(cell.source) for cell in cells if cell.role == "answer"}
    exercises = tuple(
        Exercise(key, "code", key, f"test_{key}", 0.0, 0.0, stub="", solution=solution)
        for key, solution in solved.items()
    )
    setup = next(cell.source for cell in cells if cell.role == "setup")
    sources = read_check_sources(COURSE / "source" / name / "checks")
    return Lesson(COURSE, name, "", setup, exercises, predictions=(), release={}, check_sources=sources)


def check_module(lesson: str, module: str) -> ModuleType:
    """Import one module of a lesson's checks."""
    return import_module(load(lesson).check_sources, module)


def names_with_data(lesson: str) -> dict[str, Any]:
    """The solutions' names, and the lesson's data, drawn as its data cell draws them."""
    names: dict[str, Any] = {"np": np}
    for exercise in load(lesson).exercises:
        exec(exercise.solution, names)
    cells = read_manuscript(COURSE / "source" / lesson / f"{lesson}.py").having("locked")
    exec(re.sub(r"(?m)^print.*$", "", cells["lesson_data"].source), names)
    return names


def _without_markers(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))
