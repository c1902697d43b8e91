"""Our steps in nbgrader's converters, each of which changes one thing in a notebook.

`settings.py` orders them among nbgrader's own.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from autograder.lesson.model import OURS
from course.predictions.question import question_from_call

__all__ = [
    "BlankPlainForms",
    "CollapseReveals",
    "HideOurCode",
    "RefuseOtherNotebooks",
    "RemoveHiddenTests",
    "StampVersion",
]

Resources = dict[str, Any]
CONFIDENCE = 70  # percent, which the plain form starts from
OWN_WORDS = ("Incorrect", "Mismatch", "Refused")  # our errors, whose messages suffice


class RefuseOtherNotebooks(NbGraderPreprocessor):  # type: ignore[misc]
    """Release: a lesson is one notebook; a copy beside it must not reach students."""

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Raise `ValueError` for a notebook not named after its lesson."""
        lesson, name = resources["nbgrader"]["assignment"], resources["nbgrader"]["notebook"]
        if name != lesson:
            raise ValueError(f"source/{lesson}/{name}.ipynb is not the lesson's notebook: move it elsewhere")
        return notebook, resources


class BlankPlainForms(NbGraderPreprocessor):  # type: ignore[misc]
    """Release: turn `predict.lock("name", value, confidence=…)` into a comment with dots for the value."""

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Blank the plain form that follows each prediction cell."""
        calls = {name: cell.source for name, cell in _named(notebook, "prediction_")}
        for name, cell in _named(notebook, "plain_"):
            cell.source = blank_form(name, calls[name], cell.source)
        return notebook, resources


def blank_form(name: str, call: str, lock: str) -> str:
    """Return the plain form as released: an example of a value, and the call to fill in."""
    example = question_from_call(call).example()
    dots = _dotted(ast.parse(lock).body[0].value.args[1])  # type: ignore[attr-defined]
    return (
        f"# No widget above? Write your prediction like {example} in place of the dots, and take off the #.\n"
        f'# predict.lock("{name}", {dots}, confidence={CONFIDENCE})'
    )


def _dotted(value: ast.expr) -> str:
    """Return dots for a value, or dots for each row of a dict."""
    if isinstance(value, ast.Dict):
        return "{" + ", ".join(f"{ast.unparse(key)}: ..." for key in value.keys if key is not None) + "}"
    return "..."


class CollapseReveals(NbGraderPreprocessor):  # type: ignore[misc]
    """Release: collapse the source of a reveal cell, which can hold the right answer."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Tell JupyterLab to collapse the cell's source."""
        if _grade_id(cell).startswith("reveal_"):
            cell.metadata["jupyter"] = {"source_hidden": True}
        return cell, resources


class RemoveHiddenTests(ClearHiddenTests):  # type: ignore[misc]
    """Release and feedback: remove the hidden tests, and the empty lines before them."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Cut the hidden region out of a test cell."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if utils.is_grade(cell) and utils.is_locked(cell):
            cell.source = cell.source.rstrip()
        return cell, resources


class StampVersion(NbGraderPreprocessor):  # type: ignore[misc]
    """Release: write the lesson's name and version into the notebook, to identify older releases."""

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Stamp the notebook."""
        notebook.metadata[OURS] = {"lesson": resources["nbgrader"]["notebook"], "version": version(notebook)}
        return notebook, resources


def version(notebook: NotebookNode) -> str:
    """Return a short hash of what students answer: stubs, questions and points. Prose and tests may change."""
    asked = []
    for cell in notebook.cells:
        if utils.is_grade(cell) or utils.is_solution(cell):
            mark = cell.metadata.nbgrader
            is_asked = utils.is_solution(cell) or mark.grade_id.startswith("prediction_")
            asked.append([mark.grade_id, mark.get("points", 0), cell.source if is_asked else ""])
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]


class HideOurCode(NbGraderPreprocessor):  # type: ignore[misc]
    """Feedback: show an error in one of our cells as its message, without our code."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Replace the traceback by one line."""
        if cell.cell_type == "code" and utils.is_locked(cell):
            for output in cell.outputs:
                if output.output_type == "error":
                    prefix = "" if output.ename in OWN_WORDS else f"{output.ename}: "
                    output.traceback = [prefix + output.evalue]
        return cell, resources


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _named(notebook: NotebookNode, prefix: str) -> Iterator[tuple[str, NotebookNode]]:
    """Yield (rest of id, cell) for the cells whose grade_id, else cell id, has this prefix."""
    for cell in notebook.cells:
        identity = _grade_id(cell) or str(cell.get("id", ""))
        if cell.cell_type == "code" and identity.startswith(prefix):
            yield identity.removeprefix(prefix), cell
