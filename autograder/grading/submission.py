"""Read a submission: an untrusted file becomes answers by key, as text, and predictions.

Nothing in the file is run; only text and the predictions' plain data are taken from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.lesson.model import OURS, Lesson
from course.mime_types import MIME
from course.predictions.lock import Standing, assess, read_record

from .answers import Cell, ReleasedCells, find_answers

__all__ = ["Submission", "Unreadable", "find_notebook", "parse_submission", "read_submission", "student_name"]

logger = logging.getLogger(__name__)

LARGEST = 64 * 2**20  # bytes of a notebook file
LINK = "is a link, which could lead to someone else's work"
UNFIT = '/\\<>&"`'  # in a student's name


class Unreadable(ValueError):
    """A submission cannot be read; the message names the student, the file and the cure."""


@dataclass(frozen=True)
class Submission:
    """A student's work on one lesson, read but not judged.

    `answers` holds the source of each code answer found, `written` the text of each written answer, both by key;
    `predictions` the standing of each prediction by name; `notes` what was guessed. `outdated` is a sentence if
    the notebook comes from another release of the lesson, else empty.
    """

    student: str
    lesson: str
    answers: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    predictions: Mapping[str, Standing] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    outdated: str = ""
    timestamp: str = ""

    @property
    def digest(self) -> str:
        """A hash of everything in the work that grades can depend on."""
        return hashlib.sha256(json.dumps(vars(self), sort_keys=True, default=vars).encode()).hexdigest()


def student_name(name: str) -> str:
    """Return `name` if it can name a student's folder; raise `Unreadable` for a path or markup.

    Formgrader does not escape names, so a tag in one would run in the instructor's browser.
    """
    unfit = name in ("", ".", "..") or not name.isprintable() or len(name) > 128
    if unfit or any(sign in name for sign in UNFIT):
        shown = name if len(name) <= 60 else name[:60] + "…"
        raise Unreadable(
            f"{shown!r} cannot be a student's name: it must name one folder in submitted/ and contain none of "
            f"{' '.join(UNFIT)} (rename the folder before you open formgrader)."
        )
    return name


def find_notebook(folder: Path, lesson: str, student: str) -> tuple[Path, tuple[str, ...]]:
    """Find the lesson's notebook in `folder`, submitted/<student>/<lesson>, which may contain no links.

    A lone notebook under another name is accepted, with a note. Raises `Unreadable`.
    """
    _refuse_links(folder, student)
    expected = folder / f"{lesson}.ipynb"
    if expected.exists() or expected.is_symlink():
        return expected, ()
    others = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if len(others) == 1:
        return others[0], (f"The file was called {others[0].name}; it was read as {lesson}.ipynb.",)
    held = f"holds {len(others)} others" if others else "holds no notebook"
    raise Unreadable(
        f"{student}: {folder} has no {lesson}.ipynb and {held}. Put the student's notebook there under that name."
    )


def _refuse_links(folder: Path, student: str) -> None:
    """Raise `Unreadable` for any link in a submission: nbgrader copies what a link leads to.

    The instructor may make submitted/ itself a link; hidden files are ignored.
    """
    for place in (folder.parent, folder, *_entries(folder)):
        if place.is_symlink():
            raise Unreadable(f"{student}: {place} {LINK}. Replace it with what it leads to, or remove it.")


def _entries(folder: Path) -> Iterator[Path]:
    """Yield all files and folders below a folder, except hidden ones."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in (*folders, *files) if not name.startswith("."))


def read_submission(path: Path, lesson: Lesson, student: str, notes: tuple[str, ...] = ()) -> Submission:
    """Read the notebook at `path` and the `timestamp.txt` beside it. Raises `Unreadable`."""
    student_name(student)
    timestamp = ""
    with contextlib.suppress(Unreadable, UnicodeDecodeError):
        timestamp = _bytes_of(path.with_name("timestamp.txt"), student).decode().strip()[:64]
    return parse_submission(_bytes_of(path, student), lesson, student, str(path), notes, timestamp)


def parse_submission(
    content: bytes, lesson: Lesson, student: str, place: str, notes: tuple[str, ...] = (), timestamp: str = ""
) -> Submission:
    """Parse a notebook's bytes; `place` names the file in errors. Raises `Unreadable`."""
    notebook = _notebook(content, student, place)
    cells = list(_cells(notebook))
    found = find_answers(cells, lesson.exercises, _released(lesson))
    logger.info("%s: %d cells read, %d answers found", student, len(cells), len(found.by_key))
    code = {exercise.key for exercise in lesson.exercises if exercise.kind == "code"}
    more = [*notes, *_kernel_note(notebook)]
    return Submission(
        student,
        lesson.name,
        answers={key: text for key, text in found.by_key.items() if key in code},
        written={key: text for key, text in found.by_key.items() if key not in code},
        predictions=_predictions(_raw_cells(notebook), cells, lesson),
        notes=(*more, *found.notes),
        outdated=_outdated(notebook, lesson, student, place),
        timestamp=timestamp,
    )


def lesson_named_in(path: Path) -> str:
    """Return the lesson that a notebook says it belongs to, or an empty string. Raises `Unreadable`."""
    notebook = _notebook(_bytes_of(path, path.stem), path.stem, str(path))
    metadata = notebook.get("metadata")
    ours = metadata.get(OURS) if isinstance(metadata, dict) else None
    return _text(ours.get("lesson")) if isinstance(ours, dict) else ""


def _bytes_of(path: Path, student: str) -> bytes:
    """Read a plain file of sane size; a link could lead to another student's work, a pipe would hang."""
    cure = "Ask for the notebook again, or put it there yourself."
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        reason = LINK if path.is_symlink() else f"cannot be opened ({error.strerror})"
        raise Unreadable(f"{student}: {path} {reason}. {cure}") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):  # before fdopen, which raises for a folder
        os.close(descriptor)
        raise Unreadable(f"{student}: {path} is not a plain file. {cure}")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > LARGEST:
            size = f"{status.st_size / 2**20:.0f} MB"
            raise Unreadable(
                f"{student}: {path} has {size}, more than the limit of {LARGEST >> 20} MB. "
                "Ask the student to clear the outputs of all cells, save, and hand in again."
            )
        return file.read(LARGEST + 1)


def _notebook(content: bytes, student: str, place: str) -> dict[str, Any]:
    cure = "Ask the student to save the notebook and hand in again."
    if not content.strip():
        raise Unreadable(f"{student}: {place} is empty. {cure}")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{student}: {place} is not a notebook: it is not JSON. {cure}") from error
    if not isinstance(notebook, dict) or not isinstance(_raw_cells(notebook), list):
        raise Unreadable(f"{student}: {place} is JSON, but not a notebook: it has no cells. {cure}")
    return notebook


def _raw_cells(notebook: dict[str, Any]) -> Any:
    """Return the list of cells, in notebook format 4 or 3."""
    if "cells" in notebook:
        return notebook["cells"]
    sheets = notebook.get("worksheets")
    first = sheets[0] if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict) else {}
    return first.get("cells")


@lru_cache(maxsize=16)
def _released(lesson: Lesson) -> ReleasedCells:
    return ReleasedCells.of(_cells(lesson.release), lesson.exercises)


def _cells(notebook: dict[str, Any]) -> Iterator[Cell]:
    for raw in _raw_cells(notebook):
        if not isinstance(raw, dict):
            yield Cell("", "none")
            continue
        metadata = raw.get("metadata")
        nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
        source = _text(raw.get("source", raw.get("input")))
        yield Cell(source, _text(raw.get("cell_type")), _text(grade_id), _text(raw.get("id")))


def _text(value: Any) -> str:
    """Return a notebook's string or list of strings as clean text: line ends as \\n, no lone surrogates."""
    if isinstance(value, list):
        try:
            value = "".join(value)
        except TypeError:
            value = "".join([item for item in value if isinstance(item, str)])
    if not isinstance(value, str):
        return ""
    whole = value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\r\n", "\n").replace("\r", "\n") if "\r" in whole else whole


def _predictions(raw_cells: list[Any], cells: list[Cell], lesson: Lesson) -> dict[str, Standing]:
    """Assess each prediction by the outputs of its own cell, then by any other output that carries its record."""
    by_name: dict[str, list[Any]] = {prediction.name: [] for prediction in lesson.predictions}
    strays: list[Any] = []
    for raw, cell in zip(raw_cells, cells, strict=True):
        outputs = raw.get("outputs") if isinstance(raw, dict) else None
        kept = [output for output in outputs if _carries_record(output)] if isinstance(outputs, list) else []
        name = (cell.grade_id or cell.cell_id).removeprefix("prediction_")
        by_name.get(name, strays).extend(kept)
    for output in strays:
        record = read_record({"outputs": [output]})
        if record is not None and record.name in by_name:
            by_name[record.name].append(output)
    questions = {prediction.name: prediction.question for prediction in lesson.predictions}
    return {name: assess(outputs, lesson.name, questions[name]) for name, outputs in by_name.items()}


def _carries_record(output: Any) -> bool:
    return isinstance(output, dict) and isinstance(output.get("data"), dict) and MIME in output["data"]


def _kernel_note(notebook: dict[str, Any]) -> list[str]:
    metadata = notebook.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language", "python") if isinstance(kernel, dict) else "python"
    if isinstance(language, str) and language.lower() not in ("python", "ipython", ""):
        return [f"The notebook names another kernel ({language[:40]!r}); it was graded as Python."]
    return []


def _outdated(notebook: dict[str, Any], lesson: Lesson, student: str, place: str) -> str:
    """Return a sentence if the notebook carries the version of another release, else an empty string."""
    metadata = notebook.get("metadata")
    ours = metadata.get(OURS) if isinstance(metadata, dict) else None
    version = ours.get("version") if isinstance(ours, dict) else None
    if not isinstance(version, str) or version == lesson.version:
        return ""
    return (
        f"{student}: {place} comes from another release of {lesson.name} ({version[:40]!r}, not "
        f"{lesson.version!r}). It was graded against the current one: compare the exercises that changed, or ask "
        "the student to move to it."
    )
