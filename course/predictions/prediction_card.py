"""A prediction as a cell's output, in HTML and in plain text: the question, the locked prediction, a notice.

All text from outside is escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from course.display.card import AMBER, GREY, SKETCH, SOFT, card, rich, table
from course.mime_types import MIME

from .lock import LockedPrediction, utc
from .question import Curve, Question

__all__ = ["asked_bundle", "locked_bundle", "notice_bundle", "sketch"]


def asked_bundle(question: Question, notice: str = "") -> dict[str, Any]:
    """Return the question for a front end without widgets: what to answer, and how to answer in code."""
    form = f'predict.lock("{question.name}", {question.example()}, confidence=70)'
    lines = [f"Prediction '{question.name}': {question.lines()[0]}", *question.lines()[1:]]
    lines.append(f"  not locked yet; without the form above, run {form} with your own values")
    return {"text/plain": "\n".join([*filter(None, [notice]), *lines])}


def locked_bundle(question: Question, record: LockedPrediction, notice: str = "") -> dict[str, Any]:
    """Return the locked prediction for display: our MIME type, HTML, and plain text.

    The plain text omits the time, so that a program's run of the notebook always prints the same.
    """
    late = " (late: the answer had been shown, so it earns no points)" if record.late else ""
    said = question.say(record.value)
    text = f"Prediction '{record.name}' is locked in: {said}, {record.confidence} % sure{late}."
    paragraphs = [rich(question.question), _value_html(question, record.value)]
    stamp = f"{record.confidence} % sure · <time datetime='{record.time}'>{utc(record.time)}</time>{late}"
    paragraphs.append(f'<span style="color: {SOFT};">{stamp}</span>')
    if notice:
        paragraphs.append(f"<em>{rich(notice)}</em>")
    html = card("Your prediction is locked in", paragraphs, label=f"Locked prediction {record.name}")
    return {MIME: record.payload(), "text/html": html, "text/plain": f"{notice} {text}".strip()}


def notice_bundle(sentence: str) -> dict[str, Any]:
    """Return one sentence for display, as a card that asks for attention."""
    return {"text/plain": sentence, "text/html": card("Please note", [rich(sentence)], AMBER)}


def _value_html(question: Question, value: Any) -> str:
    if isinstance(value, dict):
        options = getattr(question, "options", {})
        return table(["", "your choice"], [[rich(row), rich(options[key])] for row, key in value.items()])
    if isinstance(question, Curve):
        return sketch(question, value)
    return f"<strong>{rich(question.say(value))}</strong>"


def sketch(question: Curve, value: Sequence[float]) -> str:
    """Draw a curve, (k,), as a small SVG image with labelled axes, and return its `<img>`.

    Not inline SVG, which front ends strip from untrusted notebooks, while they keep images.
    """
    width, height, left, top, bottom = 420, 184, 46, 26, 38
    across = np.linspace(left, width - 8, len(value))
    low, high = np.log(question.y) if question.log_y else question.y
    values = np.log(value) if question.log_y else np.asarray(value, float)
    up = height - bottom - (values - low) / (high - low) * (height - bottom - top)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    texts = [
        (left, height - 22, "start", f"{question.x[0]:g}"),
        (width - 8, height - 22, "end", f"{question.x[1]:g}"),
        ((left + width) / 2, height - 6, "middle", question.xlabel),
        (left - 6, height - bottom, "end", f"{question.y[0]:g}"),
        (left - 6, top + 8, "end", f"{question.y[1]:g}"),
        (8, 14, "start", question.ylabel),
    ]
    labels = "".join(
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, y, anchor, text in texts
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<path d="M{left},{top} V{height - bottom} H{width - 8}" fill="none" stroke="{GREY}"/>'
        f'<polyline points="{points}" fill="none" stroke="{SKETCH}" stroke-width="2.5"/>'
        f'<g fill="{GREY}" font-family="sans-serif" font-size="12">{labels}</g></svg>'
    )
    data = base64.b64encode(drawing.encode()).decode()
    return f'<img alt="{escape(question.say(value))}" src="data:image/svg+xml;base64,{data}">'
