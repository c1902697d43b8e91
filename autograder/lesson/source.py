"""A lesson's source (percent format): its cells, their roles, and what is wrong with them.

A cell's header gives its role: `# %% test="mse" points=2`. A cell has at most one role, whose value is the
exercise's key. The cells of a prediction, `# %% predict` and `# %% reveal`, take its name from their call.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jupytext

from autograder.records.problem import LessonError, Problem

__all__ = ["Manuscript", "ManuscriptCell", "called_name", "hints_of", "read_manuscript"]

# role -> (kind of cell, required header keys, optional header keys)
ROLES: dict[str, tuple[str, set[str], set[str]]] = {
    "setup": ("code", set(), {"points", "predictions", "written"}),
    "locked": ("code", set(), set()),
    "answer": ("code", set(), {"points"}),
    "test": ("code", {"points"}, set()),
    "hints": ("markdown", set(), set()),
    "written": ("markdown", set(), {"points"}),
    "predict": ("code", {"example", "confidence"}, set()),
    "reveal": ("code", set(), set()),
}
NAMED_BY_CALL = {"predict", "reveal"}
TITLES = {"setup", *NAMED_BY_CALL}  # roles written in a header as a bare word
TAGS = {"volatile", "raises-exception"}
SETUP_MODULES = {"numpy", "matplotlib.pyplot"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN)")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class ManuscriptCell:
    """One cell of the source. `line` is its header's line number, `kind` code or markdown."""

    file: Path
    line: int
    kind: str
    header: dict[str, Any]
    source: str

    @property
    def role(self) -> str:
        """A key of ROLES, or empty for prose and free code."""
        return next((role for role in ROLES if role in self.header), "")

    @property
    def name(self) -> str:
        """The exercise's key, or the name of the prediction or locked cell; empty for free cells."""
        return "setup" if self.role == "setup" else str(self.header.get(self.role, ""))

    @property
    def grade_id(self) -> str:
        """The cell's id in nbgrader, the notebook and every report; empty for free cells."""
        prefixes = {"test": "test_", "hints": "hints_", "predict": "prediction_", "reveal": "reveal_"}
        return prefixes.get(self.role, "") + self.name if self.role else ""

    @property
    def tags(self) -> list[str]:
        """The tags in the cell's header."""
        return list(self.header.get("tags", []))

    @property
    def place(self) -> str:
        """The cell's place in a message: file, line and role."""
        what = f'{self.role}="{self.name}"' if self.role not in ("", "setup") else (self.role or self.kind)
        return f"{self.file.name}:{self.line} ({what})"

    def problem(self, what: str, cure: str) -> Problem:
        """Return a problem with this cell."""
        return Problem(self.place, what, cure)

    @cached_property
    def tree(self) -> ast.Module:
        """The cell's code, parsed; raises `SyntaxError`."""
        return ast.parse(self.source)


@dataclass(frozen=True)
class Manuscript:
    """A lesson's source, cell by cell."""

    file: Path
    cells: tuple[ManuscriptCell, ...]

    def having(self, role: str) -> dict[str, ManuscriptCell]:
        """Return the cells of one role by name, in source order."""
        return {cell.name: cell for cell in self.cells if cell.role == role}


def read_manuscript(file: Path) -> Manuscript:
    """Read the percent-format `file`; a `LessonError` lists all that is wrong with its cells."""
    if not file.is_file():
        raise LessonError([Problem(str(file), "there is no such file", "name the lesson's file after its folder")])
    manuscript = Manuscript(file, tuple(_cells(file)))
    problems = [problem for cell in manuscript.cells for problem in _cell_problems(cell)]
    if not problems:
        problems = [*_doubles(manuscript), *_lonely(manuscript)]
    if problems:
        raise LessonError(problems)
    return manuscript


def _cells(file: Path) -> Iterator[ManuscriptCell]:
    lines = file.read_text(encoding="utf-8").splitlines()
    headers = [number for number, line in enumerate(lines, 1) if line.startswith("# %%")]
    cells = jupytext.read(file, fmt="py:percent").cells
    if len(cells) != len(headers):
        first = Problem(
            f"{file.name}:1", "there is text before the first cell", "begin the file with `# %% setup`"
        )
        raise LessonError([first])
    for line, cell in zip(headers, cells, strict=True):
        header = {key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"}
        if (title := header.get("title")) in TITLES:
            del header["title"]
            header[title] = called_name(cell.source, title) if title in NAMED_BY_CALL else True
        yield ManuscriptCell(file, line, cell.cell_type, header, cell.source)


def _cell_problems(cell: ManuscriptCell) -> Iterator[Problem]:
    yield from _header_problems(cell)
    if cell.role in NAMED_BY_CALL and not cell.name:
        yield cell.problem("it makes no call that names a prediction", f"write {EXAMPLE_CALLS[cell.role]}")
    elif cell.role and cell.role != "setup" and not NAME.fullmatch(cell.name):
        yield cell.problem(f"{cell.name!r} is not a name", "use only letters, digits and _")
    yield from _marker_problems(cell)
    if cell.kind == "code":
        yield from _code_problems(cell)


def _header_problems(cell: ManuscriptCell) -> Iterator[Problem]:
    roles = [role for role in ROLES if role in cell.header]
    if len(roles) > 1:
        yield cell.problem(f"one cell is both {roles[0]} and {roles[1]}", "split it into two cells")
        return
    kind, must, may = ROLES.get(cell.role, (cell.kind, set[str](), set[str]()))
    if kind != cell.kind:
        yield cell.problem(f"{cell.role} marks a {cell.kind} cell", f"make it a {kind} cell")
    known = {cell.role, "tags"} | must | may
    for key in cell.header.keys() - known:
        if key == "title":
            what, cure = f"the header word {cell.header[key]!r} is not known", f"known words: {_listed(TITLES)}"
        else:
            what, cure = f"the header key {key!r} is not known here", f"known here: {_listed(known | set(ROLES))}"
        yield cell.problem(what, cure)
    for key in must - cell.header.keys():
        yield cell.problem(f"the header has no {key}", f"add {key}=… to it")
    for tag in set(cell.tags) - TAGS:
        yield cell.problem(f"the tag {tag!r} is not known", f"known tags: {_listed(TAGS)}")


def _marker_problems(cell: ManuscriptCell) -> Iterator[Problem]:
    found = [
        line.strip() for line in cell.source.splitlines() if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN)", line)
    ]
    if cell.role not in ("answer", "written"):
        if found:
            yield cell.problem(f"{found[0]!r} is outside an answer", "keep solutions in answer and written cells")
    elif found != [BEGIN, END] * (len(found) // 2) or not found:
        yield cell.problem("its solution is not marked", f"put it between lines `{BEGIN}` and `{END}`")


def _code_problems(cell: ManuscriptCell) -> Iterator[Problem]:
    try:
        statements = cell.tree.body
    except SyntaxError as error:
        yield cell.problem(f"line {error.lineno} of the cell: {error.msg}", f"fix: {(error.text or '').strip()}")
        return
    if cell.source.rstrip().endswith(";"):
        yield cell.problem("a semicolon ends the cell", "assign the last value to a name instead: nbval ignores ;")
    if cell.role == "setup" and not all(_is_setup_import(statement) for statement in statements):
        yield cell.problem(
            "the setup holds more than NumPy and pyplot", "import only `np` and `plt` here, the rest below"
        )


def _is_setup_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import) and all(alias.name in SETUP_MODULES for alias in statement.names)


EXAMPLE_CALLS = {
    "predict": 'one call, predict.choice("name", …)',
    "reveal": 'one call, reveal("name", …), as its last line',
}


def called_name(source: str, role: str) -> str:
    """Return a prediction's name: from the cell's one call of predict.<kind>, or its last line's call of reveal.

    Empty if there is no such call.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return ""
    match role, statements:
        case (
            "predict",
            [
                ast.Expr(
                    ast.Call(func=ast.Attribute(value=ast.Name(id="predict")), args=[ast.Constant(str(name)), *_])
                )
            ],
        ):
            return name
        case "reveal", [*_, ast.Expr(ast.Call(func=ast.Name(id="reveal"), args=[ast.Constant(str(name)), *_]))]:
            return name
    return ""


def hints_of(cell: ManuscriptCell) -> list[str]:
    """Return a cell's hints: its paragraphs, or the parts between its lines of `---` if there are any."""
    pattern = r"\n---\n" if re.search(r"(?m)^---$", cell.source) else r"\n\s*\n"
    return [hint.strip() for hint in re.split(pattern, cell.source.strip()) if hint.strip()]


def _doubles(manuscript: Manuscript) -> Iterator[Problem]:
    first: dict[str, ManuscriptCell] = {}
    for cell in (cell for cell in manuscript.cells if cell.role):
        if cell.grade_id in first:
            yield cell.problem(
                f"line {first[cell.grade_id].line} has this key already", "give one of them another key"
            )
        first.setdefault(cell.grade_id, cell)
    code = [cell for cell in manuscript.cells if cell.kind == "code"]
    if not code or code[0].role != "setup":
        place = f"{manuscript.file.name}:1"
        yield Problem(place, "the first code cell is not the setup", "begin with `# %% setup`")


def _lonely(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield each answer without test or hints, each prediction without reveal, and the reverse."""
    pairs = [("answer", "test"), ("test", "answer"), ("answer", "hints"), ("hints", "answer")]
    for role, other in [*pairs, ("predict", "reveal"), ("reveal", "predict")]:
        others = manuscript.having(other)
        for name, cell in manuscript.having(role).items():
            if name not in others:
                cell_of_it = (
                    f"`# %% {other}` that names it" if other in NAMED_BY_CALL else f'with {other}="{name}"'
                )
                near = difflib.get_close_matches(name, others.keys() - manuscript.having(role).keys(), 1)
                cure = f"is {other}={near[0]!r} meant for it? Else add" if near else "add"
                yield cell.problem(f"there is no {other} cell for it", f"{cure} a cell {cell_of_it}")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(name for name in names if name))
