"""How a lesson's 40 points are shared out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from autograder.records.problem import Problem

from .source import Manuscript, ManuscriptCell

__all__ = ["points_of", "points_problems"]

LESSON, PREDICTIONS, WRITTEN = 40.0, 6.0, 4.0


def points_of(cell: ManuscriptCell, manuscript: Manuscript) -> float:
    """The points of one cell, 0 where nothing is graded. The predictions share theirs equally."""
    if cell.role == "predict":
        return PREDICTIONS / len(manuscript.having("predict"))
    return float(cell.header.get("points", 0))


def points_problems(manuscript: Manuscript) -> Iterator[Problem]:
    """What is wrong with the points of a lesson's cells, and with their sum."""
    answers = manuscript.having("answer")
    for cell in manuscript.cells:
        asked = cell.header.get("points")
        if cell.role == "predict" and asked is not None and abs(asked - points_of(cell, manuscript)) > 0.01:
            share = points_of(cell, manuscript)
            yield cell.problem(f"{asked} points", f"the predictions share 6 points equally: {share:.4g} each")
        if cell.role == "written" and asked != WRITTEN:
            yield cell.problem(f"{asked} points", "a written answer is worth 4")
        by_hand = answers[cell.name].header.get("points", asked) if cell.role == "test" else asked
        if by_hand != asked:
            yield cell.problem(
                f"{asked} points here, {by_hand} for its answer", "half is graded by hand: make them equal"
            )
    total = sum(points_of(cell, manuscript) for cell in manuscript.cells)
    if not math.isclose(total, LESSON, abs_tol=1e-6):
        yield Problem(manuscript.file.name, f"the points add up to {total:g}", "a lesson is worth 40: change some")
