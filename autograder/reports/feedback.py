"""Feedback pages: a record and its manual grades as one HTML file without scripts.

All student text is escaped. Written answers are Markdown without HTML or pictures, and with links to web pages
only. A record holds no line of a check, so a page cannot show one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markdown_it import MarkdownIt
from markupsafe import Markup

from autograder.atomic_file import write_whole
from autograder.gradebook.database import ManualGrade
from autograder.lesson.model import Exercise, Lesson
from autograder.records.record import Record
from autograder.records.verdict import Outcome

from .autograded import autograded_path

__all__ = ["feedback_page", "feedback_path", "write_feedback"]

logger = logging.getLogger(__name__)

SIGNS = {
    Outcome.CORRECT: ("good", "✓"),
    Outcome.PARTIAL: ("bad", "◐"),
    Outcome.INCORRECT: ("bad", "✗"),
    Outcome.NOT_ATTEMPTED: ("bad", "–"),
    Outcome.OUT_OF_LIMITS: ("bad", "⏱"),
    Outcome.WAITING: ("wait", "…"),
    Outcome.GRADER_ERROR: ("wait", "!"),
}


def feedback_path(course_dir: Path, lesson: str, student: str) -> Path:
    """Return where nbgrader would put the submission's feedback, too."""
    return course_dir / "feedback" / student / lesson / f"{lesson}.html"


def write_feedback(
    lesson: Lesson, record: Record, given: Mapping[str, ManualGrade], late_penalty: float = 0.0
) -> Path:
    """Write a submission's page, whole or not at all; `late_penalty` is in points."""
    logger.debug("%s: writing the feedback page", record.student)
    path = feedback_path(lesson.course_dir, lesson.name, record.student)
    write_whole(path, feedback_page(lesson, record, given, pictures(lesson, record.student), late_penalty))
    return path


def pictures(lesson: Lesson, student: str) -> dict[str, list[str]]:
    """Read the figures, base64 PNG by key, from the autograded notebook that we wrote."""
    path = autograded_path(lesson.course_dir, lesson.name, student)
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell.get("id") in lesson.by_key:
            data = [output.get("data", {}).get("image/png") for output in cell.get("outputs", [])]
            found[cell["id"]] = [base64.b64encode(base64.b64decode(each)).decode() for each in data if each]
    return found


def feedback_page(
    lesson: Lesson,
    record: Record,
    given: Mapping[str, ManualGrade],
    drawn: Mapping[str, list[str]] | None = None,
    late_penalty: float = 0.0,
) -> str:
    """Render the page: `given` holds manual grades by cell, `drawn` figures by key."""
    grades = {grade.cell: grade for grade in record.grades}
    earned = {cell: _earned(grade.points, given.get(cell)) for cell, grade in grades.items()}
    style, style_hash = _style()
    return _template().render(
        title=_title(lesson),
        record=record,
        style=style,
        style_hash=style_hash,
        total=sum(points for points in earned.values() if points is not None) - late_penalty,
        late_penalty=late_penalty,
        out_of=sum(grade.out_of for grade in record.grades),
        waiting=sum(grades[cell].out_of for cell, points in earned.items() if points is None),
        parts=[_part(each, record, earned, given, drawn or {}) for each in lesson.exercises],
        predictions=list(_predictions(lesson, record, earned)),
    )


def _earned(points: float | None, given: ManualGrade | None) -> float | None:
    """Add up as nbgrader does: manual points replace ours, with extra credit on top."""
    given = given or ManualGrade()
    base = points if given.points is None else given.points
    return base if base is None else base + (given.extra or 0.0)


def _part(
    exercise: Exercise,
    record: Record,
    earned: Mapping[str, float | None],
    given: Mapping[str, ManualGrade],
    drawn: Mapping[str, list[str]],
) -> dict[str, Any]:
    verdict = record.verdict(exercise.key)
    answer = record.answers.get(exercise.key, "")
    cells = [cell for cell in (exercise.test_id, exercise.answer_id if exercise.manual_points else None) if cell]
    outcome = verdict.outcome if verdict else _by_hand(answer, exercise, earned)
    kind, sign = SIGNS[outcome]
    comment = given.get(exercise.answer_id, ManualGrade()).comment
    return {
        "key": exercise.key,
        "kind": kind,
        "sign": sign,
        "outcome": "graded by a person" if outcome is Outcome.CORRECT and not verdict else str(outcome),
        "earned": _points_text(exercise, cells, earned),
        "message": verdict.message if verdict else "",
        "verdict": verdict,
        "comment": comment,
        "written": _markdown(answer) if exercise.kind == "written" else "",
        "code": "" if exercise.is_untouched(answer) else answer,
        "open": outcome is not Outcome.CORRECT,
        "printed": record.printed.get(exercise.key, "")[:20_000],
        "pictures": drawn.get(exercise.key, []),
    }


def _by_hand(answer: str, exercise: Exercise, earned: Mapping[str, float | None]) -> Outcome:
    """Return the outcome of an exercise that only a person grades."""
    if earned.get(exercise.answer_id) is None:
        return Outcome.WAITING
    return Outcome.NOT_ATTEMPTED if exercise.is_untouched(answer) else Outcome.CORRECT


def _points_text(exercise: Exercise, cells: list[str], earned: Mapping[str, float | None]) -> str:
    known = [points for cell in cells if (points := earned.get(cell)) is not None]
    out_of = exercise.points + exercise.manual_points
    if not known:
        return f"{_points(out_of)} points"
    text = f"{_points(sum(known))} of {_points(out_of)} points"
    return text if len(known) == len(cells) else f"{text}, the rest waits for a person"


def _predictions(lesson: Lesson, record: Record, earned: Mapping[str, float | None]) -> Iterator[dict[str, Any]]:
    out_of = {prediction.name: prediction.points for prediction in lesson.predictions}
    for each in record.predictions:
        points = earned.get(f"prediction_{each.name}") or 0.0
        yield {
            "question": each.question,
            "counts": each.counts,
            "reason": each.reason,
            "shown": each.shown,
            "confidence": each.confidence,
            "gap": each.gap,
            "points": f"{_points(points)} of {_points(out_of.get(each.name, 0.0))} points",
        }


def _title(lesson: Lesson) -> str:
    """Return the lesson's first heading, or its name."""
    for cell in lesson.release["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        heading = re.match(r"#\s+(.+)", source) if cell["cell_type"] == "markdown" else None
        if heading:
            return heading[1]
    return lesson.name


def _points(value: float) -> str:
    return f"{round(value, 2):g}"


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _markdown(text: str) -> Markup:
    """Render Markdown; HTML is shown as text, and only links to web pages stay links."""
    tokens = _renderer().parse(text)
    for token in tokens:
        for child in token.children or []:
            if child.type == "link_open" and not str(child.attrGet("href")).startswith(("https://", "http://")):
                child.attrSet("href", "#")
    return Markup(_renderer().renderer.render(tokens, _renderer().options, {}))


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheet and its hash, by which the page's security policy admits it alone."""
    text = (Path(__file__).parent / "templates" / "feedback.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["points"] = _points
    return environment.get_template("feedback.html.j2")
