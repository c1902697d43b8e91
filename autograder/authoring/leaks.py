"""Search what students get for anything that only an instructor may see."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.lesson.model import BEGIN_SOLUTION, END_SOLUTION
from autograder.lesson.source import Manuscript
from autograder.records.problem import Problem

__all__ = ["MARKS", "leaks_in_files", "leaks_in_notebook", "leaks_in_page", "leaks_in_text", "secret_lines"]

# what no student file may hold, in any lesson
MARKS = re.compile(
    r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)|\bfrom (autograder|checks)\b|\bimport autograder\b"
    r"|\bhidden_check\b|\bcheck_\w+\(\w+.*points=|\bjupytext\b|^\W*Marking:",
    re.MULTILINE,
)
HIDDEN_TEST = re.compile(r"BEGIN HIDDEN TESTS|\bhidden_check\(|\bcheck_\w+\(.*points=\d")
SHORTEST = 16  # characters; a shorter line, such as `return total`, gives nothing away


def secret_lines(manuscript: Manuscript) -> dict[str, str]:
    """Return each revealing line of the solutions and marking schemes, with its exercise's key.

    A line that also stands in a visible cell is not secret.
    """
    told = {line for cell in manuscript.cells if cell.role in ("locked", "test") for line in _lines(cell.source)}
    secrets: dict[str, str] = {}
    for cell in manuscript.cells:
        if cell.role in ("answer", "written"):
            outside, inside = _split(cell.source)
            told_here = told | set(outside)
            secrets |= {line: cell.name for line in inside if line not in told_here and _tells(line)}
    return secrets


def _tells(line: str) -> bool:
    """Return whether a line gives away part of the solution: short lines, loop heads and branches do not."""
    return len(line) >= SHORTEST and not line.endswith(":")


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines()]


def _split(source: str) -> tuple[list[str], list[str]]:
    """Return the lines outside and inside the solution regions."""
    places: tuple[list[str], list[str]] = ([], [])
    within = False
    for line in _lines(source):
        if line in (BEGIN_SOLUTION, END_SOLUTION):
            within = line == BEGIN_SOLUTION
        else:
            places[within].append(line)
    return places


def leaks_in_text(text: str, secrets: dict[str, str], place: str) -> Iterator[Problem]:
    """Yield the markers and secret lines in one text."""
    if found := MARKS.search(text):
        yield Problem(
            place, f"it holds {found[0].strip()!r}", "run `autograder release` again; keep it inside the markers"
        )
    for line in dict.fromkeys(_lines(text)):
        if line in secrets:
            yield Problem(
                place,
                f"a line of the solution of {secrets[line]}: {line}",
                "remove or reword the line",
            )


def leaks_in_notebook(file: Path, secrets: dict[str, str]) -> Iterator[Problem]:
    """Yield the leaks in a notebook's cells, outputs and metadata."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    if "jupytext" in notebook["metadata"]:
        yield Problem(file.name, "jupytext pairs it with its source", "run `autograder release` again")
    for cell in notebook["cells"]:
        place = f"{file.name} ({cell['id']})"
        yield from leaks_in_text("".join(cell["source"]), secrets, place)
        if cell.get("outputs"):
            yield Problem(place, "it has outputs, which can hold an answer", "run `autograder release` again")


def leaks_in_files(files: Iterable[Path], secrets: dict[str, str], folder: Path) -> Iterator[Problem]:
    """Yield the leaks in text files, placed by their paths relative to `folder`."""
    for file in files:
        text = (folder / file).read_text(encoding="utf-8", errors="replace")
        yield from leaks_in_text(text, secrets, file.as_posix())


def leaks_in_page(page: str, place: str) -> Iterator[Problem]:
    """Yield the hidden tests on a feedback page, whose code is split into coloured spans."""
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    if found := HIDDEN_TEST.search(text):
        cure = "regenerate the feedback in a folder with the course's nbgrader_config.py"
        yield Problem(place, f"it shows a hidden test: {found[0]}", cure)
