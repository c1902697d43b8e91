"""Calibration: how often predictions come true, against their author's confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.display.card import card, rich, table
from course.display.figures import show
from course.display.frontend import show_bundle
from course.display.style import PALETTE, new_chart

from .session import Session, current

__all__ = ["Tally", "calibration", "tally"]

BANDS = ((50, 59), (60, 69), (70, 79), (80, 89), (90, 100))
FEWEST = 5  # with fewer predictions, no tendency is named
MARGIN = 10  # percentage points by which confidence and success may differ and still match


@dataclass(frozen=True)
class Tally:
    """A lesson's predictions: (confidence in percent, right) of those that count, and the names of the others."""

    counted: tuple[tuple[int, bool], ...]
    unlocked: tuple[str, ...]
    unrevealed: tuple[str, ...]
    late: tuple[str, ...]

    def band(self, low: int, high: int) -> tuple[int, int]:
        """Return how many predictions had a confidence in [low, high] percent, and how many of them came true."""
        inside = [right for confidence, right in self.counted if low <= confidence <= high]
        return len(inside), sum(inside)

    @property
    def stated(self) -> float:
        """The mean confidence in percent; needs a prediction that counts."""
        return sum(confidence for confidence, _ in self.counted) / len(self.counted)

    @property
    def came_true(self) -> float:
        """The share that came true in percent; needs a prediction that counts."""
        return 100 * sum(right for _, right in self.counted) / len(self.counted)

    def sentence(self) -> str:
        """Return a sentence on how well confidence matches success."""
        if not self.counted:
            return "No prediction has been locked in and revealed yet."
        both = f"On average you were {self.stated:.0f} % sure, and {self.came_true:.0f} % came true"
        if len(self.counted) < FEWEST:
            few = "1 prediction is" if len(self.counted) == 1 else f"{len(self.counted)} predictions are"
            return f"{both}; {few} too few to name a tendency."
        if self.stated - self.came_true > MARGIN:
            return f"{both}: you were surer than the outcomes warrant, so take a second look before you commit."
        if self.came_true - self.stated > MARGIN:
            return f"{both}: you knew more than you gave yourself credit for."
        return f"{both}: your confidence matches what you know."

    def missing(self) -> list[str]:
        """Return a sentence per reason on which predictions do not count."""
        named = (
            (self.unlocked, "Not locked in"),
            (self.unrevealed, "Locked in, but the cell that reveals it has not run"),
            (self.late, "Locked in late, so not counted"),
        )
        return [f"{what}: {', '.join(names)}." for names, what in named if names]


def tally(session: Session) -> Tally:
    """Count the predictions of the running lesson: those asked in this kernel and those in the working copy."""
    names = list(dict.fromkeys([*session.questions, *session.store.names()]))
    counted, unlocked, unrevealed, late = [], [], [], []
    for name in names:
        record, right = session.store.record(name), session.store.right(name)
        if record is None:
            unlocked.append(name)
        elif record.late:
            late.append(name)
        elif right is None:
            unrevealed.append(name)
        else:
            counted.append((record.confidence, right))
    return Tally(tuple(counted), tuple(unlocked), tuple(unrevealed), tuple(late))


def calibration() -> None:
    """Show how often predictions came true at each confidence: a table, a sentence and a small figure.

    Raises `Refused` if no lesson has begun.
    """
    session = current()
    result = tally(session)
    rows = [(f"{low}-{high} %", *result.band(low, high)) for low, high in BANDS]
    lines = ["How sure you were, and how often it came true:"]
    lines += [f"  {band:>8}: {right} of {count} came true" for band, count, right in rows if count]
    said = [result.sentence(), *result.missing()]
    cells = [[band, str(count), str(right), _share(count, right)] for band, count, right in rows]
    html = card(
        "How sure you were, and how often it came true",
        [table(["you were", "predictions", "came true", "share"], cells), *map(rich, said)],
    )
    show_bundle({"text/plain": "\n".join([*lines, *(f"  {line}" for line in said)]), "text/html": html})
    if result.counted:
        show(*_figure(result))
    session.show_notices()


def _share(count: int, right: int) -> str:
    return f"{100 * right / count:.0f} %" if count else "–"


def _figure(result: Tally) -> tuple[Any, str]:
    figure, axes = new_chart(4.6, 4.2)
    axes.plot([50, 100], [50, 100], color=PALETTE["grey"], linestyle="--", label="perfect calibration")
    said: list[str] = []
    for low, high in BANDS:
        count, right = result.band(low, high)
        if not count:
            continue
        stated = [confidence for confidence, _ in result.counted if low <= confidence <= high]
        x, y = sum(stated) / count, 100 * right / count
        label = None if said else "your predictions"
        axes.plot(x, y, "o", markersize=9, color=PALETTE["blue"], zorder=3, label=label)
        offset = (0, 10 if y < 90 else -20)
        axes.annotate(f"{right} of {count}", (x, y), xytext=offset, textcoords="offset points", ha="center")
        said.append(f"{right} of {count} at {low} to {high} %")
    axes.set(xlabel="how sure you were (%)", ylabel="how often it came true (%)", xlim=(47, 103), ylim=(-6, 106))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return (
        figure,
        f"Share that came true over confidence, with the diagonal of perfect calibration: {', '.join(said)}.",
    )
