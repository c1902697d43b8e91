"""Calibration: how often a prediction came true, set beside how sure its author was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.display.card import card, rich, table
from course.display.frontend import show_bundle

from .session import Session, current

__all__ = ["Tally", "calibration", "tally"]

BANDS = ((50, 59), (60, 69), (70, 79), (80, 89), (90, 100))
FEWEST = 5  # predictions under which no tendency is named
MARGIN = 10  # percent points between sureness and success that still count as well judged


@dataclass(frozen=True)
class Tally:
    """The predictions of a lesson: (sureness, right) of those that count, and the names of the others."""

    counted: tuple[tuple[int, bool], ...]
    unlocked: tuple[str, ...]
    unrevealed: tuple[str, ...]
    late: tuple[str, ...]

    def band(self, low: int, high: int) -> tuple[int, int]:
        """Return how many predictions were stated with a sureness in [low, high], and how many came true."""
        inside = [right for confidence, right in self.counted if low <= confidence <= high]
        return len(inside), sum(inside)

    @property
    def stated(self) -> float:
        """The mean stated sureness in percent."""
        return sum(confidence for confidence, _ in self.counted) / len(self.counted)

    @property
    def came_true(self) -> float:
        """The share that came true in percent."""
        return 100 * sum(right for _, right in self.counted) / len(self.counted)

    def sentence(self) -> str:
        """Say in one sentence how well the sureness fits."""
        if not self.counted:
            return "No prediction has been locked in and revealed yet."
        both = f"On average you were {self.stated:.0f} % sure, and {self.came_true:.0f} % came true"
        if len(self.counted) < FEWEST:
            few = "1 prediction is" if len(self.counted) == 1 else f"{len(self.counted)} predictions are"
            return f"{both}; {few} too few to name a tendency."
        if self.stated - self.came_true > MARGIN:
            return f"{both}: you were surer than the outcomes warrant, so a second look pays before you commit."
        if self.came_true - self.stated > MARGIN:
            return f"{both}: you knew more than you gave yourself credit for."
        return f"{both}: your sureness fits your knowledge well."

    def missing(self) -> list[str]:
        """Say which predictions are not counted and why."""
        named = (
            (self.unlocked, "Not locked in"),
            (self.unrevealed, "Locked in, but the cell that reveals it has not run"),
            (self.late, "Locked in late, so not counted"),
        )
        return [f"{what}: {', '.join(names)}." for names, what in named if names]


def tally(session: Session) -> Tally:
    """Count the predictions of the running lesson, those asked in this kernel and those in the working copy."""
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
    """Show how often your predictions came true by how sure you were: a table, a small figure, one sentence."""
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
        from course.display.figures import show

        show(*_figure(result))
    session.show_notices()


def _share(count: int, right: int) -> str:
    return f"{100 * right / count:.0f} %" if count else "–"


def _figure(result: Tally) -> tuple[Any, str]:
    from matplotlib.figure import Figure

    from course.display.figures import PALETTE

    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.plot([50, 100], [50, 100], color=PALETTE["grey"], linestyle="--", label="sureness = success")
    said: list[str] = []
    for low, high in BANDS:
        count, right = result.band(low, high)
        if not count:
            continue
        sures = [confidence for confidence, _ in result.counted if low <= confidence <= high]
        x, y = sum(sures) / count, 100 * right / count
        label = None if said else "your predictions"
        axes.plot(x, y, "o", markersize=9, color=PALETTE["blue"], zorder=3, label=label)
        offset = (0, 10 if y < 90 else -20)
        axes.annotate(f"{right} of {count}", (x, y), xytext=offset, textcoords="offset points", ha="center")
        said.append(f"{right} of {count} at {low} to {high} %")
    axes.set(xlabel="how sure you were (%)", ylabel="how often it came true (%)", xlim=(47, 103), ylim=(-6, 106))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return (
        figure,
        f"Success over stated sureness with the diagonal of perfect judgement: {', '.join(said)} came true.",
    )
