"""Look through what students get for anything that only an instructor may see."""

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

# what no file for students holds, whatever the lesson
MARKS = re.compile(
    r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)|\bfrom (autograder|checks)\b|\bimport autograder\b"
    r"|\bhidden_check\b|\bcheck_\w+\(\w+.*points=|\bjupytext\b|^\W*Marking:",
    re.MULTILINE,
)
HIDDEN_TEST = re.compile(r"BEGIN HIDDEN TESTS|\bhidden_check\(|\bcheck_\w+\(.*points=\d")
SHORTEST = 16  # characters; below that a line such as `return total` says nothing


def secret_lines(manuscript: Manuscript) -> dict[str, str]:
    """Each telling line of the solutions and of the marking schemes, with the key of its exercise.

    A line that stands in one of our visible cells as well is no secret.
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
    """Whether a line says something of the solution: no short one does, nor the head of a loop or a branch."""
    return len(line) >= SHORTEST and not line.endswith(":")


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines()]


def _split(source: str) -> tuple[list[str], list[str]]:
    """The lines outside and inside the solution regions."""
    places: tuple[list[str], list[str]] = ([], [])
    within = False
    for line in _lines(source):
        if line in (BEGIN_SOLUTION, END_SOLUTION):
            within = line == BEGIN_SOLUTION
        else:
            places[within].append(line)
    return places


def leaks_in_text(text: str, secrets: dict[str, str], place: str) -> Iterator[Problem]:
    """The marks and secret lines in one text."""
    if found := MARKS.search(text):
        yield Problem(
            place, f"it holds {found[0].strip()!r}", "run `autograder release` again; keep it inside the markers"
        )
    for line in dict.fromkeys(_lines(text)):
        if line in secrets:
            yield Problem(
                place,
                f"a line of the solution of {secrets[line]}: {line}",
                "take the line out, or say it otherwise",
            )


def leaks_in_notebook(file: Path, secrets: dict[str, str]) -> Iterator[Problem]:
    """The leaks in each cell of a notebook, in its outputs and in its metadata."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    if "jupytext" in notebook["metadata"]:
        yield Problem(file.name, "jupytext pairs it with its source", "run `autograder release` again")
    for cell in notebook["cells"]:
        place = f"{file.name} ({cell['id']})"
        yield from leaks_in_text("".join(cell["source"]), secrets, place)
        if cell.get("outputs"):
            yield Problem(place, "it has outputs, which can hold an answer", "run `autograder release` again")


def leaks_in_files(files: Iterable[Path], secrets: dict[str, str], folder: Path) -> Iterator[Problem]:
    """The leaks in text files of `folder`, each told by its path in it."""
    for file in files:
        text = (folder / file).read_text(encoding="utf-8", errors="replace")
        yield from leaks_in_text(text, secrets, file.as_posix())


def leaks_in_page(page: str, place: str) -> Iterator[Problem]:
    """The hidden tests in one feedback page, whose code is cut into coloured pieces."""
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    if found := HIDDEN_TEST.search(text):
        cure = "make the feedback anew in a folder with the course's nbgrader_config.py"
        yield Problem(place, f"it shows a hidden test: {found[0]}", cure)
