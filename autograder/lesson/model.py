"""The model of a lesson: its exercises and predictions in order, read from the built notebooks as plain JSON."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.checking.check import Check
from autograder.checking.loading import CheckSources, checks_in, read_check_sources
from autograder.records.problem import LessonError, Problem
from course.mime_types import TRUTH_MIME
from course.predictions.question import Question, question_from_call

__all__ = ["Exercise", "Lesson", "Prediction", "lesson_names", "same_text"]

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
TEXT_STUB = "*Write your answer here, in place of this line.*"  # replaces a model answer in the release
OURS = "first_descent"  # the key of our metadata in a released notebook

RELEASE = "run `autograder release`, which says what prevents it"

Json = dict[str, Any]
BLANKS = re.compile(r"[^\S\n]+\n")


@dataclass(frozen=True)
class Exercise:
    """What a student answers in one cell.

    The check gives `points`, a person `manual_points`. `stub` is the answer cell as released, `solution` the same
    cell filled in, `parameters` the names that its check takes.
    """

    key: str
    kind: str  # "code" or "written"
    answer_id: str
    test_id: str | None
    points: float
    manual_points: float
    stub: str
    solution: str
    parameters: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def is_untouched(self, answer: str) -> bool:
        """Return whether an answer is empty or still the stub."""
        return not answer.strip() or same_text(answer, self.stub)


@dataclass(frozen=True)
class Prediction:
    """What a student commits to before a run. `call` is the source of its cell, `example` a reasonable value.

    `truth` is what the built notebook's reveal cell says happens, under the keys truth, why and within.
    """

    name: str
    kind: str
    points: float
    example: Any
    confidence: int
    call: str
    truth: Json | None = None

    @cached_property
    def question(self) -> Question:
        """The question, parsed from the cell's source."""
        return question_from_call(self.call)


@dataclass(frozen=True, eq=False)
class Lesson:
    """One lesson as built and released, with all that grading needs.

    `release` is the students' notebook as plain JSON, `check_sources` the text of its check modules by name.
    """

    course_dir: Path
    name: str
    version: str
    setup: str
    exercises: tuple[Exercise, ...]
    predictions: tuple[Prediction, ...]
    release: Json = field(repr=False)
    check_sources: CheckSources = field(repr=False, default_factory=dict)

    @classmethod
    def load(cls, course_dir: Path, name: str, release: Json | None = None) -> Lesson:
        """Read lesson `name` of the course in `course_dir`; raise `LessonError` if it is not released.

        `release` replaces the students' notebook on disk.
        """
        source = _read(course_dir / "source" / name / f"{name}.ipynb", RELEASE)
        file = course_dir / "release" / name / f"{name}.ipynb"
        release = release or _read(file, RELEASE)
        cells = {cell["id"]: cell for cell in source["cells"]}
        released = {cell["id"]: cell for cell in release["cells"]}
        if new := [key for key, cell in cells.items() if _is_answer(cell) and key not in released]:
            raise LessonError([Problem(str(file), f"it is older than the exercise {', '.join(new)}", RELEASE)])
        return cls(
            course_dir=Path(course_dir),
            name=name,
            version=release["metadata"].get(OURS, {}).get("version", ""),
            setup=_source(cells["setup"]),
            exercises=tuple(_exercises(cells, released)),
            predictions=tuple(_predictions(cells)),
            release=release,
            check_sources=read_check_sources(course_dir / "source" / name / "checks"),
        )

    @cached_property
    def by_key(self) -> dict[str, Exercise]:
        """The exercises by key."""
        return {exercise.key: exercise for exercise in self.exercises}

    @property
    def code(self) -> tuple[Exercise, ...]:
        """The exercises that a check judges, in lesson order."""
        return tuple(exercise for exercise in self.exercises if exercise.kind == "code")

    def checks(self) -> dict[str, Check]:
        """Return the lesson's hidden checks by key."""
        return checks_in(self.check_sources, f"source/{self.name}/checks")


def lesson_names(course_dir: Path) -> list[str]:
    """Return the lessons of a course, sorted: the folders `source/<lesson>/` that hold `<lesson>.py`."""
    folders = sorted((course_dir / "source").glob("*/"))
    return [folder.name for folder in folders if (folder / f"{folder.name}.py").is_file()]


def same_text(one: str, other: str) -> bool:
    """Return whether two cells agree, up to trailing blanks and surrounding blank lines."""
    return one == other or settled(one) == settled(other)


def settled(text: str) -> str:
    """Return the text without trailing blanks and surrounding blank lines."""
    return BLANKS.sub("\n", text.strip())


def _read(file: Path, cure: str) -> Json:
    if not file.is_file():
        raise LessonError([Problem(str(file), "there is no such notebook", cure)])
    try:
        notebook: Json = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LessonError([Problem(str(file), f"it is not a notebook ({error})", cure)]) from None
    return notebook


def _source(cell: Json) -> str:
    source: str | list[str] = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _is_answer(cell: Json) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def _exercises(cells: dict[str, Json], released: dict[str, Json]) -> Iterator[Exercise]:
    for identity, cell in cells.items():
        if not _is_answer(cell):
            continue
        mark = cell["metadata"]["nbgrader"]
        test = cells.get(f"test_{identity}")
        written = cell["cell_type"] == "markdown"
        yield Exercise(
            key=identity,
            kind="written" if written else "code",
            answer_id=identity,
            test_id=test["id"] if test else None,
            points=float(test["metadata"]["nbgrader"]["points"]) if test else 0.0,
            manual_points=float(mark.get("points", 0)) if mark["grade"] else 0.0,
            stub=_source(released[identity]),
            solution=_without_markers(_source(cell)),
            parameters=_parameters(_source(test)) if test else (),
            hints=_hints(cells.get(f"hints_{identity}")),
        )


def _without_markers(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))


def _parameters(test: str) -> tuple[str, ...]:
    """Return the names that a test cell's last line passes: `("mse",)` for `check_mse(mse, points=2)`."""
    call = ast.parse(test).body[-1]
    assert isinstance(call, ast.Expr) and isinstance(call.value, ast.Call)
    return tuple(argument.id for argument in call.value.args if isinstance(argument, ast.Name))


def _hints(cell: Json | None) -> tuple[str, ...]:
    if cell is None:
        return ()
    _, *hints = re.split(r"<summary>.*?</summary>", _source(cell))
    return tuple(re.sub(r"</?details>", "", hint).strip() for hint in hints)


def _predictions(cells: dict[str, Json]) -> Iterator[Prediction]:
    for identity, cell in cells.items():
        name = identity.removeprefix("prediction_")
        if name == identity or f"plain_{name}" not in cells:
            continue
        call = _one_call(_source(cell))
        lock = _one_call(_source(cells[f"plain_{name}"]))
        assert isinstance(call.func, ast.Attribute)
        yield Prediction(
            name=name,
            kind=call.func.attr,
            points=float(cell["metadata"]["nbgrader"]["points"]),
            example=ast.literal_eval(lock.args[1]),
            confidence=ast.literal_eval(lock.keywords[0].value),
            call=_source(cell),
            truth=_truth(cells.get(f"reveal_{name}")),
        )


def _truth(reveal: Json | None) -> Json | None:
    """Return the truth in a reveal cell's output; None if the cell was not run."""
    bundles = [output.get("data", {}) for output in (reveal or {}).get("outputs", [])]
    return next((bundle[TRUTH_MIME] for bundle in bundles if TRUTH_MIME in bundle), None)


def _one_call(source: str) -> ast.Call:
    statement = ast.parse(source).body[-1]
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    return statement.value
