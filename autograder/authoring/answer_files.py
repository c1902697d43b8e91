"""The bank of answers in a lesson's folder: judged here, in the trusted process, or put into notebooks.

An answer's name is the verdict it must get: `correct_*`, the id of a misconception (`id.*` for further answers
that make it), or `plain_*` for a mistake that no misconception names.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib

from autograder.checking.loading import read_checks
from autograder.lesson.model import TEXT_STUB, Json, Lesson
from autograder.records.verdict import Outcome, Verdict
from course.predictions.lock import LockedPrediction, embed_record

__all__ = ["AnswerFile", "full_marks", "judge_here", "read_answers", "submitted_notebook"]

matplotlib.use("Agg")


@dataclass(frozen=True)
class AnswerFile:
    """An answer to exercise `key`: `name` says what verdict it must get, `path` is its file."""

    key: str
    name: str
    path: Path
    source: str

    @property
    def kind(self) -> str:
        """`correct`, `plain` or `misconception`."""
        first = self.name.split("_")[0]
        return first if first in ("correct", "plain") else "misconception"

    @property
    def shown(self) -> str:
        """What the author calls it: the function where it stands beside a check; a file needs no more."""
        beside = self.path.parent.name == "checks"
        return self.name.removeprefix("correct_").rpartition(".")[2] if beside else ""

    @property
    def misconception(self) -> str:
        """The id of the misconception it makes, or empty."""
        return self.name.partition(".")[0] if self.kind == "misconception" else ""

    def fault(self, solution: str) -> str:
        """Say what makes it no answer at all: a slip in its syntax, or, beside a check, other arguments."""
        try:
            own = _function_in(self.source)
        except SyntaxError as error:
            return f"line {error.lineno}: {error.msg}"
        asked = _function_in(solution, own.name if own else "")
        if not (self.shown and own and asked) or own.args.vararg or own.args.defaults or asked.args.defaults:
            return ""
        count, wanted = len(own.args.args), len(asked.args.args)
        return f"it takes {count} arguments, the solution {wanted}" if count != wanted else ""

    def complaint(self, verdict: Verdict) -> str:
        """Say how `verdict` differs from the one this answer must get; empty if it does not."""
        told = f": {verdict.text}" if verdict.text else ""
        got = f"it is judged {verdict.outcome} ({verdict.misconception or 'no misconception'}){told}"
        if verdict.outcome is Outcome.GRADER_ERROR:
            return got
        if self.kind == "correct":
            return "" if verdict.fraction == 1 else got
        return "" if verdict.fraction < 1 and verdict.misconception == self.misconception else got


def read_answers(course_dir: Path, lesson: str) -> list[AnswerFile]:
    """Return a lesson's answers, written beside its checks or as `answers/<key>/<name>.py`, by key and name."""
    folder = course_dir / "source" / lesson
    found = [
        AnswerFile(key, name, folder / "checks" / f"{check.module}.py", source)
        for key, check in read_checks(folder / "checks", f"source/{lesson}/checks").items()
        for name, source in check.written_answers().items()
    ]
    files = sorted((folder / "answers").glob("[!.]*/*.py"))  # dot folders belong to editors
    found += [AnswerFile(file.parent.name, file.stem, file, file.read_text(encoding="utf-8")) for file in files]
    return sorted(found, key=lambda answer: (answer.key, answer.name))


def _function_in(source: str, name: str = "") -> ast.FunctionDef | None:
    """The last function of a text, or the one called `name`: helpers stand before it."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return next((each for each in reversed(functions) if name in ("", each.name)), None)


def judge_here(lesson: Lesson, key: str, source: str, seed: int | None = None) -> Verdict:
    """Judge a trusted answer in this process, after the setup cell and the earlier solutions."""
    check = lesson.checks()[key]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    _run(lesson.setup, namespace)
    for earlier in lesson.code:
        if earlier.key == key:
            break
        _run(earlier.solution, namespace)
    try:
        _run(source, namespace)
    except NotImplementedError:
        return Verdict.not_written(key)
    except (Exception, SystemExit) as error:
        return Verdict(key, Outcome.INCORRECT, 0.0, message=f"The cell raises {type(error).__name__}: {error}")
    if missing := [name for name in check.parameters if name not in namespace]:
        return Verdict(key, Outcome.INCORRECT, 0.0, message=f"The cell does not define {missing[0]}.")
    try:
        return check.verdict(*(namespace[name] for name in check.parameters), seed=seed)
    except Exception as error:
        told = f"check_{key} itself fails: {type(error).__name__}: {error}"
        return Verdict(key, Outcome.GRADER_ERROR, 0.0, message=told)
    finally:
        _close_figures()


def _run(source: str, namespace: dict[str, Any]) -> None:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        exec(compile(source, "<answer>", "exec"), namespace)


def _close_figures() -> None:
    from matplotlib import pyplot

    pyplot.close("all")


def submitted_notebook(
    lesson: Lesson,
    answers: Mapping[str, str] | None = None,
    written: Mapping[str, str] | None = None,
    predictions: Mapping[str, tuple[Any, int]] | None = None,
    late: frozenset[str] = frozenset(),
) -> Json:
    """Make a submitted notebook as plain JSON; cells without an answer stay as released.

    `answers` are the sources of answer cells by key, `written` the texts by key, `predictions` the locked
    (value, confidence) by name; those in `late` were locked after the answer was shown.
    """
    answers, written, predictions = answers or {}, written or {}, predictions or {}
    notebook = copy.deepcopy(lesson.release)
    calls = {f"prediction_{prediction.name}": prediction for prediction in lesson.predictions}
    for place, cell in enumerate(notebook["cells"]):
        key = cell["id"]
        if key in answers:
            cell["source"] = answers[key]
        elif key in written:
            cell["source"] = lesson.by_key[key].stub.replace(TEXT_STUB, written[key])
        elif key in calls and (name := calls[key].name) in predictions:
            question = calls[key].question
            record = LockedPrediction.lock(lesson.name, question, *predictions[name], late=name in late)
            notebook["cells"][place] = embed_record(cell, record)
    return notebook


def full_marks(lesson: Lesson) -> Json:
    """Make the notebook of a student who has everything right, written answers included."""
    return submitted_notebook(
        lesson,
        answers={exercise.key: exercise.solution for exercise in lesson.code},
        written={exercise.key: "The model answer." for exercise in lesson.exercises if exercise.kind == "written"},
        predictions={
            prediction.name: (prediction.example, prediction.confidence) for prediction in lesson.predictions
        },
    )
