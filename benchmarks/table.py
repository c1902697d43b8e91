"""The results as one table: what was measured, its bound, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Row", "as_markdown", "parts_as_markdown"]


@dataclass(frozen=True)
class Row:
    """One result. `holds` is None if it has no bound."""

    what: str
    measured: str
    bound: str = ""
    holds: bool | None = None

    @classmethod
    def at_least(cls, what: str, ratio: float, bound: float, more: str = "") -> Row:
        """Return the row of a ratio that must be at least `bound`."""
        return cls(what, f"**{ratio:.3g} ×**{_and(more)}", f"at least {bound:g} ×", ratio >= bound)

    @classmethod
    def at_most(cls, what: str, value: float, bound: float, unit: str, more: str = "") -> Row:
        """Return the row of a value that must be in (0, bound]: below zero, a difference has drowned in noise."""
        return cls(what, f"**{value:.3g} {unit}**{_and(more)}", f"at most {bound:g} {unit}", 0 < value <= bound)

    def line(self) -> str:
        """Return the row of a Markdown table."""
        held = {None: "", True: "holds", False: "**does not hold**"}[self.holds]
        return f"| {self.what} | {self.measured} | {self.bound} | {held} |"


def as_markdown(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    return "\n".join(["| what | measured | asked | |", "|---|---|---|---|", *(row.line() for row in rows)])


def parts_as_markdown(columns: Mapping[str, Mapping[str, float]]) -> str:
    """Return a table of milliseconds by part, a column per mapping, sorted by the first, with sums."""
    names = list(columns)
    parts = list(dict.fromkeys(part for column in columns.values() for part in column))
    lines = [f"| part | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for part in parts:
        lines.append(f"| {part} | {' | '.join(f'{columns[name].get(part, 0):.2f}' for name in names)} |")
    sums = " | ".join(f"{sum(columns[name].values()):.2f}" for name in names)
    return "\n".join([*lines, f"| sum | {sums} |"])


def _and(more: str) -> str:
    return f"; {more}" if more else ""
