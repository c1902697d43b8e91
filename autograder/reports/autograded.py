"""The autograded notebook: our release with the student's answers, for formgrader and stock feedback.

Outputs are plain text and PNG pictures only. The programs that show students' Markdown let HTML through, so
everything in it that could become a tag, or a MathJax script, is broken up.
"""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.atomic_file import write_whole
from autograder.lesson.model import Exercise, Lesson
from autograder.records.record import Predicted, Record
from autograder.records.verdict import Outcome

__all__ = ["autograded_notebook", "autograded_path", "write_autograded"]

logger = logging.getLogger(__name__)

Json = dict[str, Any]
LONGEST_PRINTED = 20_000  # characters of an answer's output
TAG = re.compile(r"<(?=[A-Za-z/!?])")
SCRIPTED = re.compile(r"\\(?=(?:href|url|require|style|class|cssId|unicode|html\w*|def|let|(?:re)?newcommand)\b)")
PICTURE = re.compile(r"!(?=\[)")
LINK = re.compile(r"\](?=\((?!\s*https?://)|:(?!\s*https?://))")  # any link except to a web page


def autograded_path(course_dir: Path, lesson: str, student: str) -> Path:
    """Return where nbgrader looks for the autograded notebook."""
    return course_dir / "autograded" / student / lesson / f"{lesson}.ipynb"


def write_autograded(course_dir: Path, lesson: Lesson, record: Record) -> Path:
    """Write the autograded notebook and the `timestamp.txt` beside it, each whole or not at all."""
    path = autograded_path(course_dir, lesson.name, record.student)
    logger.debug("%s: writing the autograded notebook", record.student)
    write_whole(path, json.dumps(autograded_notebook(lesson, record), ensure_ascii=False))
    if record.timestamp:
        write_whole(path.with_name("timestamp.txt"), record.timestamp + "\n")
    return path


def autograded_notebook(lesson: Lesson, record: Record) -> Json:
    """Put the answers, their verdicts and outputs into a copy of the release."""
    predictions = {f"prediction_{each.name}": each for each in record.predictions}
    tests = {exercise.test_id: exercise for exercise in lesson.exercises}
    cells: list[Json] = []
    for cell in lesson.release["cells"]:
        identity = cell["id"]
        if identity in lesson.by_key:
            cell = _answer(cell, lesson.by_key[identity], record)
        elif identity in tests:
            cell = {**cell, "outputs": _told(record, tests[identity].key)}
        elif identity in predictions:
            cell = {**cell, "outputs": [_stream(_predicted(predictions[identity]))]}
        cells.append(cell)
    return {**lesson.release, "cells": cells}


def _answer(cell: Json, exercise: Exercise, record: Record) -> Json:
    source = record.answers.get(exercise.key, exercise.stub)
    if exercise.kind == "written":
        return {**cell, "source": source if source == exercise.stub else harmless(source)}
    return {**cell, "source": source, "outputs": list(_outputs(record, exercise.key))}


def harmless(markdown: str) -> str:
    """Break up what a Markdown or mathematics renderer could activate; a reader sees an extra blank."""
    for pattern, apart in ((TAG, "< "), (SCRIPTED, r"\\ "), (PICTURE, "! "), (LINK, "] ")):
        markdown = pattern.sub(apart, markdown)
    return markdown


def _outputs(record: Record, key: str) -> Iterator[Json]:
    printed = record.printed.get(key, "")
    if len(printed) > LONGEST_PRINTED:
        printed = printed[:LONGEST_PRINTED] + f"\n… {len(printed) - LONGEST_PRINTED} more characters"
    if printed:
        yield _stream(printed)
    for picture in record.figures.get(key, ()):
        data = {"image/png": base64.b64encode(picture).decode(), "text/plain": "<Figure>"}
        alt = {"image/png": {"alt": f"The figure that {key} drew"}}
        yield {"output_type": "display_data", "data": data, "metadata": alt}


def _told(record: Record, key: str) -> list[Json]:
    verdict = record.verdict(key)
    if verdict is None:
        return []
    first = f"{verdict.outcome}: {verdict.fraction:.0%} of the points"
    return [_stream(first if verdict.outcome == Outcome.CORRECT else f"{first}\n{verdict.text}")]


def _predicted(predicted: Predicted) -> str:
    said = f"{predicted.shown}, {predicted.confidence} % sure\n" if predicted.shown else ""
    return said + predicted.reason


def _stream(text: str) -> Json:
    return {"output_type": "stream", "name": "stdout", "text": text}
