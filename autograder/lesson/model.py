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
TEXT_STUB = "*Write your answer here, in place of this line.*"  # what a release shows in place of a text
OURS = "first_descent"  # the key of our own metadata in a released notebook

RELEASE = "run `autograder release`, which says what hinders it"

Json = dict[str, Any]
BLANKS = re.compile(r"[^\S\n]+\n")


@dataclass(frozen=True)
class Exercise:
    """What a student answers in one cell.

    `points` are given by the check, `manual_points` by a person. `stub` is the answer cell as released, `solution`
    the same cell filled in, `parameters` the names that its check is called with.
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
        """Tell whether an answer is still the release's, or empty."""
        return not answer.strip() or same_text(answer, self.stub)


@dataclass(frozen=True)
class Prediction:
    """What a student commits to before a run. `call` is the source of its cell, `example` a reasonable value.

    `truth` is what the reveal cell of the built notebook says of what happens: the keys truth, why and within.
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
        """The question, read out of the cell's source."""
        return question_from_call(self.call)


@dataclass(frozen=True, eq=False)
class Lesson:
    """One lesson as it was built and released, with all that grading needs of it.

    `release` is the student's notebook as plain JSON, `check_sources` the text of the modules with its checks.
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
        """Read lesson `name` of the course in `course_dir`; raise `LessonError` where it is not released.

        `release` stands in for the students' notebook that lies there.
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
        """The exercises by their keys."""
        return {exercise.key: exercise for exercise in self.exercises}

    @property
    def code(self) -> tuple[Exercise, ...]:
        """The exercises that a check judges."""
        return tuple(exercise for exercise in self.exercises if exercise.kind == "code")

    def checks(self) -> dict[str, Check]:
        """The hidden checks of this lesson, by key."""
        return checks_in(self.check_sources, f"source/{self.name}/checks")


def lesson_names(course_dir: Path) -> list[str]:
    """The lessons of a course, in order: the folders of `source/` that hold a text of their own name."""
    folders = sorted((course_dir / "source").glob("*/"))
    return [folder.name for folder in folders if (folder / f"{folder.name}.py").is_file()]


def same_text(one: str, other: str) -> bool:
    """Tell whether two cells say the same, but for blanks at line ends and blank lines around."""
    return one == other or settled(one) == settled(other)


def settled(text: str) -> str:
    """The text without blanks at line ends and blank lines around."""
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
    """The names in the last line of a test cell: `check_mse(mse, points=2)` takes `mse`."""
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
    """What a reveal cell left in its output about what happens; None if it was not run."""
    bundles = [output.get("data", {}) for output in (reveal or {}).get("outputs", [])]
    return next((bundle[TRUTH_MIME] for bundle in bundles if TRUTH_MIME in bundle), None)


def _one_call(source: str) -> ast.Call:
    statement = ast.parse(source).body[-1]
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    return statement.value
