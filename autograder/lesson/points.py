"""How a lesson's points are distributed among its cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.records.problem import Problem

from .source import Manuscript, ManuscriptCell

__all__ = ["Shares", "points_of", "points_problems"]


@dataclass(frozen=True)
class Shares:
    """A lesson's points: in total, for all predictions together, and for each written answer.

    The setup cell's header overrides the defaults: `# %% setup points=30 predictions=4 written=5`.
    """

    points: float = 40.0
    predictions: float = 6.0
    written: float = 4.0

    @classmethod
    def of(cls, manuscript: Manuscript) -> Shares:
        """Read a lesson's shares from its setup cell."""
        header = next((cell.header for cell in manuscript.cells if cell.role == "setup"), {})
        return cls(**{name: float(header[name]) for name in cls.__dataclass_fields__ if name in header})


def points_of(cell: ManuscriptCell, manuscript: Manuscript) -> float:
    """Return a cell's points, 0 if ungraded. Predictions share theirs equally."""
    if cell.role == "predict":
        return Shares.of(manuscript).predictions / len(manuscript.having("predict"))
    if cell.role == "written":
        return float(cell.header.get("points", Shares.of(manuscript).written))
    return float(cell.header.get("points", 0)) if cell.role in ("answer", "test") else 0.0


def points_problems(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield what is wrong with the points of a lesson's cells, and with their sum."""
    answers = manuscript.having("answer")
    for cell in manuscript.cells:
        asked = cell.header.get("points")
        by_hand = answers[cell.name].header.get("points", asked) if cell.role == "test" else asked
        if by_hand != asked:
            yield cell.problem(
                f"{asked} points here, {by_hand} for its answer", "half is graded by hand: make them equal"
            )
    wanted = Shares.of(manuscript).points
    total = sum(points_of(cell, manuscript) for cell in manuscript.cells)
    if not math.isclose(total, wanted, abs_tol=1e-6):
        cure = f"change some, or set another total: `# %% setup points={total:g}`"
        yield Problem(manuscript.file.name, f"the points add up to {total:g}, not to {wanted:g}", cure)
