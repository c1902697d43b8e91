"""From a lesson's source text to the instructor's notebook: marked for nbgrader, executed, byte-stable."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.atomic_file import write_if_changed
from autograder.checking.check import Check
from autograder.checking.loading import read_checks
from autograder.lesson.model import BEGIN_HIDDEN, END_HIDDEN
from autograder.lesson.points import points_of, points_problems
from autograder.lesson.source import Manuscript, ManuscriptCell, hints_of, read_manuscript
from autograder.records.problem import LessonError, Problem

from .execution import execute
from .visible_tests import with_misconceptions

__all__ = ["Built", "build", "build_to_file", "compose"]

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Built:
    """A built notebook: its text, and each cell's processor time in seconds, by cell id."""

    text: str
    seconds: dict[str, float]


def build(course_dir: Path, name: str) -> Built:
    """Make the executed solution notebook of lesson `name`; a `LessonError` lists what prevents it."""
    course_dir = course_dir.resolve()
    manuscript = read_manuscript(course_dir / "source" / name / f"{name}.py")
    checks = read_checks(course_dir / "source" / name / "checks", f"source/{name}/checks")
    problems = [*points_problems(manuscript), *_check_problems(manuscript, checks)]
    if problems:
        raise LessonError(problems)
    notebook = compose(manuscript, checks)
    seconds = execute(notebook, manuscript.file.name, course_dir)
    notebook.metadata = nbformat.from_dict(METADATA)
    return Built(nbformat.writes(notebook, version=4) + "\n", seconds)


def build_to_file(course_dir: Path, name: str) -> bool:
    """Build lesson `name` into its folder; return whether the notebook changed."""
    return write_if_changed(course_dir / "source" / name / f"{name}.ipynb", build(course_dir, name).text)


def compose(manuscript: Manuscript, checks: Mapping[str, Check]) -> NotebookNode:
    """Assemble the notebook from its source, with nbgrader's marks, hidden tests and plain forms."""
    cells: list[NotebookNode] = []
    for cell in manuscript.cells:
        source = cell.source
        if cell.role == "test":
            check = checks[cell.name]
            source = with_misconceptions(manuscript, cell, check) + _hidden_block(
                cell, check, manuscript.file.stem
            )
        if cell.role == "hints":
            source = _folded(hints_of(cell))
        cells.append(_notebook_cell(cell.kind, source, cell.grade_id or f"cell-{len(cells) + 1}"))
        cells[-1].metadata.update(_metadata(cell, manuscript))
        if cell.role == "predict":
            cells.append(_notebook_cell("code", _plain_form(cell), f"plain_{cell.name}"))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    notebook.nbformat_minor = 5
    return notebook


def _notebook_cell(kind: str, source: str, identity: str) -> NotebookNode:
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return new(source=source, id=identity)


def _hidden_block(cell: ManuscriptCell, check: Check, lesson: str) -> str:
    """Call the check last in the cell: nbgrader reads the points from the cell's value."""
    points = cell.header["points"]
    return f"""

{BEGIN_HIDDEN}
from autograder.checking import hidden_check

check_{cell.name} = hidden_check("{lesson}", "{cell.name}")
check_{cell.name}({", ".join(check.parameters)}, points={points})
{END_HIDDEN}"""


def _folded(hints: list[str]) -> str:
    """Nest each hint inside the one before: students open the first to reach the second."""
    opened = [f"<details><summary>Hint {number}</summary>\n\n{hint}\n" for number, hint in enumerate(hints, 1)]
    return "\n".join(opened) + "\n" + "</details>" * len(hints)


def _plain_form(cell: ManuscriptCell) -> str:
    example = json.dumps(cell.header["example"], ensure_ascii=False)
    return f'predict.lock("{cell.name}", {example}, confidence={cell.header["confidence"]})'


def _metadata(cell: ManuscriptCell, manuscript: Manuscript) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    tags = [*cell.tags, *(["nbval-ignore-output"] if "volatile" in cell.tags else [])]
    if tags:
        metadata["tags"] = tags
    if cell.role not in ("", "hints"):
        metadata["nbgrader"] = _mark(cell, points_of(cell, manuscript))
    return metadata


def _mark(cell: ManuscriptCell, points: float) -> dict[str, Any]:
    """nbgrader's metadata for a cell, in its schema 3."""
    solution = cell.role in ("answer", "written")
    mark = {
        "grade": points > 0,
        "grade_id": cell.grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return {**mark, "points": points} if points else mark


def _check_problems(manuscript: Manuscript, checks: Mapping[str, Check]) -> Iterator[Problem]:
    for name, cell in manuscript.having("test").items():
        if name not in checks:
            yield cell.problem("it has no check", f"write check_{name} in checks/{name}.py")
        for statement in cell.tree.body:
            match statement:
                case ast.Expr(value=ast.Call(func=ast.Name(id="expect"))):
                    what = f"it compares nothing: {ast.unparse(statement)}"
                    yield cell.problem(what, "add .gives(...) to it, or another comparison")
    for name in (key for key, check in checks.items() if not check.task):
        yield Problem(f"check_{name}", "it has no docstring", "say in one what is asked: students read it")
    yield from _unknown_names(manuscript, checks)
    for name in checks.keys() - manuscript.having("test").keys():
        yield Problem(f"checks/ (check_{name})", "no exercise has this key", "remove it, or add the exercise")


def _unknown_names(manuscript: Manuscript, checks: Mapping[str, Check]) -> Iterator[Problem]:
    """The parameters of a check that no cell of the lesson defines."""
    trees = [cell.tree for cell in manuscript.cells if cell.kind == "code"]
    defined = {name for tree in trees for node in ast.walk(tree) for name in _bound_by(node)}
    for key, check in checks.items():
        for name in set(check.parameters) - defined:
            what = f"no cell of the lesson defines its parameter {name!r}"
            yield Problem(f"check_{key}", what, "name the parameters after what the lesson's answers define")


def _bound_by(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name.partition(".")[0]]
    return []
