"""Answers to the miniature lesson, and notebooks handed in; `submitted_notebook` makes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.lesson.model import Lesson

RIGHT = {
    "total": "def total(values):\n    return float(np.sum(values))",
    "mean": "def mean(values):\n    return total(values) / len(values) if len(values) else float('nan')",
    "plot_values": (
        "def plot_values(values):\n"
        "    figure, axes = plt.subplots()\n"
        "    axes.plot(range(len(values)), values)\n"
        "    axes.set(xlabel='index', ylabel='value')\n"
        "    return figure"
    ),
    "explain_mean": "It adds to the sum, and the mean is the sum over n.",
}


def cell(of: dict[str, Any], identity: str) -> dict[str, Any]:
    """The cell of a notebook with this cell id."""
    return next(each for each in of["cells"] if each["id"] == identity)


def as_bytes(of: dict[str, Any]) -> bytes:
    """The notebook as a file holds it."""
    return json.dumps(of).encode()


def hand_in(course_dir: Path, student: str, lesson: Lesson, content: dict[str, Any] | bytes | str) -> Path:
    """Put a notebook, or any bytes, where nbgrader's exchange puts what a student hands in."""
    folder = course_dir / "submitted" / student / lesson.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson.name}.ipynb"
    if isinstance(content, dict):
        content = as_bytes(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
