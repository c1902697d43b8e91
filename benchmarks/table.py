"""The results as one table: what was measured, the bound that was set, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Row", "as_markdown", "parts_as_markdown"]


@dataclass(frozen=True)
class Row:
    """One figure. `holds` is None where no bound was set."""

    what: str
    measured: str
    bound: str = ""
    holds: bool | None = None

    @classmethod
    def at_least(cls, what: str, ratio: float, bound: float, more: str = "") -> Row:
        """A ratio that has to be this large."""
        return cls(what, f"**{ratio:.3g} ×**{_and(more)}", f"at least {bound:g} ×", ratio >= bound)

    @classmethod
    def at_most(cls, what: str, value: float, bound: float, unit: str, more: str = "") -> Row:
        """A value that has to be this small; below zero, a difference has drowned in noise."""
        return cls(what, f"**{value:.3g} {unit}**{_and(more)}", f"at most {bound:g} {unit}", 0 < value <= bound)

    def line(self) -> str:
        """The row of a Markdown table."""
        held = {None: "", True: "holds", False: "**does not hold**"}[self.holds]
        return f"| {self.what} | {self.measured} | {self.bound} | {held} |"


def as_markdown(rows: Iterable[Row]) -> str:
    """The table."""
    return "\n".join(["| what | measured | asked | |", "|---|---|---|---|", *(row.line() for row in rows)])


def parts_as_markdown(columns: Mapping[str, Mapping[str, float]]) -> str:
    """A table of milliseconds by part, one column for each mapping, ordered by the first; with the sums."""
    names = list(columns)
    parts = list(dict.fromkeys(part for column in columns.values() for part in column))
    lines = [f"| part | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for part in parts:
        lines.append(f"| {part} | {' | '.join(f'{columns[name].get(part, 0):.2f}' for name in names)} |")
    sums = " | ".join(f"{sum(columns[name].values()):.2f}" for name in names)
    return "\n".join([*lines, f"| sum | {sums} |"])


def _and(more: str) -> str:
    return f"; {more}" if more else ""
