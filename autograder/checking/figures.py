"""A student's matplotlib figure as plain data: what each panel shows, and how its axes are labelled.

The figure may be a proxy for an object in another process, so `artists` reads it once, where it is; everything
else works on the `Picture`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.sealed.inside.figure_reader import Axes, Drawn, draw_beside, read_artists
from autograder.sealed.proxy import Proxy, call_remote

__all__ = ["Line", "Panel", "Picture", "Points", "draw_beside_another", "read_figure"]

Numbers = NDArray[np.float64]
RTOL, ATOL = 1e-6, 1e-9
MOST_MARKS = 10_000  # no exercise needs more on a panel


@dataclass(frozen=True, eq=False)
class Line:
    """A line through its vertices, in data coordinates. `endless`: it crosses the whole panel (`axline`)."""

    x: Numbers
    y: Numbers
    dashed: bool
    label: str = ""
    endless: bool = False

    def is_level(self, height: float) -> bool:
        """Return whether the line is horizontal at `height`."""
        return self.y.size > 1 and bool(np.isclose(self.y, height, RTOL, ATOL).all())

    def follows(self, slope: float, intercept: float) -> bool:
        """Return whether all vertices, two or more, lie on y = slope x + intercept."""
        if self.x.size < 2 or np.ptp(self.x) == 0:
            return False
        return bool(np.isclose(self.y, slope * self.x + intercept, RTOL, ATOL * np.abs(self.x).max()).all())

    def spans(self, low: float, high: float, share: float = 0.8) -> bool:
        """Return whether the line covers at least this share of [low, high] on the x axis."""
        covered = min(high, self.x.max()) - max(low, self.x.min())
        return self.endless or bool(covered >= share * (high - low))


@dataclass(frozen=True, eq=False)
class Points:
    """Markers at (x, y), in data coordinates: a scatter, or a plot with markers."""

    x: Numbers
    y: Numbers
    label: str = ""


@dataclass(frozen=True, eq=False)
class Panel:
    """One pair of axes; overlaid axes (`twinx`) make one panel."""

    title: str
    xlabel: str
    ylabel: str
    lines: tuple[Line, ...]
    points: tuple[Points, ...]

    def __str__(self) -> str:
        grades = sum(points.x.size for points in self.points)
        counts = [(len(self.lines), "line"), (grades, "point")]
        return " and ".join(f"{count} {name}{'s' * (count > 1)}" for count, name in counts if count)

    @property
    def is_labelled(self) -> bool:
        """Whether both axes have labels, and different ones."""
        return bool(self.xlabel and self.ylabel) and self.xlabel != self.ylabel

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not (self.lines or self.points)

    def has_curve(self, heights: ArrayLike) -> bool:
        """Return whether exactly these values are drawn, in this order, over any x."""
        return any(_equal(drawn.y, heights) for drawn in self._drawn)

    def has_sideways(self, values: ArrayLike) -> bool:
        """Return whether these values are drawn along the x axis, as by `plot(values, ...)`."""
        return any(_equal(drawn.x, values) for drawn in self._drawn)

    @property
    def _drawn(self) -> tuple[Line | Points, ...]:
        return (*self.lines, *self.points)

    def has_points(self, x: Numbers, y: Numbers) -> bool:
        """Return whether every (x, y) is marked, in any order, by one call or several."""
        if not self.points:
            return False
        drawn_x = np.concatenate([points.x for points in self.points])
        drawn_y = np.concatenate([points.y for points in self.points])
        if drawn_x.size > MOST_MARKS:
            return False
        same_x = np.isclose(drawn_x, x[:, None], RTOL, ATOL)
        return bool((same_x & np.isclose(drawn_y, y[:, None], RTOL, ATOL)).any(axis=1).all())

    def shows_same(self, other: Panel) -> bool:
        """Return whether the other panel has the same curves and points."""
        mine, theirs = self._drawn, other._drawn
        return len(mine) == len(theirs) and all(
            _equal(one.x, two.x) and _equal(one.y, two.y) for one, two in zip(mine, theirs, strict=True)
        )

    def joins(self, x: Numbers, y: Numbers) -> bool:
        """Return whether every (x, y) is the vertex of a line, as by `plot(x, y)` without markers."""
        vertices = tuple(Points(line.x, line.y) for line in self.lines)
        return replace(self, points=vertices).has_points(x, y)

    def levels(self, height: float) -> list[Line]:
        """Return the horizontal lines at this height."""
        return [line for line in self.lines if line.is_level(height)]

    def has_line(self, slope: float, intercept: float, low: float, high: float) -> bool:
        """Return whether y = slope x + intercept is drawn over most of [low, high]."""
        return any(line.follows(slope, intercept) and line.spans(low, high) for line in self.lines)


@dataclass(frozen=True, eq=False)
class Picture:
    """What a figure shows. `number` is its pyplot number, 0 if it has none."""

    panels: tuple[Panel, ...]
    number: int = 0

    def __str__(self) -> str:
        drawn = [panel for panel in self.panels if not panel.is_empty]
        if not drawn:
            return "a figure with nothing drawn"
        count = "1 panel" if len(drawn) == 1 else f"{len(drawn)} panels"
        return f"a figure with {count}: " + "; ".join(map(str, drawn))

    def equals(self, other: Picture | None) -> bool:
        """Return whether the other picture has the same curves and points on the same panels."""
        if other is None or len(other.panels) != len(self.panels):
            return False
        return all(one.shows_same(two) for one, two in zip(self.panels, other.panels, strict=True))

    def find(self, *curves: ArrayLike) -> Panel | None:
        """Return the first panel that shows all these curves, or None."""
        found = (panel for panel in self.panels if all(panel.has_curve(curve) for curve in curves))
        return next(found, None)


def read_figure(figure: Any) -> Picture:
    """Read a figure; raise `TypeError` if the value is not one."""
    try:
        there = isinstance(figure, Proxy)
        xlabel, ylabel, axes, number = (
            call_remote("read_artists", figure, figure) if there else read_artists(figure)
        )
        places = dict.fromkeys(one[0] for one in axes)
        together = [[one for one in axes if one[0] == place] for place in places]
        return Picture(tuple(_panel(each, xlabel, ylabel) for each in together), _whole(number))
    except Exception as error:
        raise TypeError("not a figure") from error


def draw_beside_another(number: int, plot: Any, *arguments: Any) -> Any:
    """Return what `plot` draws while an empty figure of this number is open.

    A result numbered `number` + 1 is a new figure; any other may have existed before.
    """
    if isinstance(plot, Proxy):
        return call_remote("draw_beside", plot, number, plot, *arguments)
    return draw_beside(number, plot, *arguments)


def _panel(axes: list[Axes], xlabel: str, ylabel: str) -> Panel:
    drawn = [_checked(each) for one in axes for each in one[4]]
    return Panel(
        title=_first(one[1] for one in axes),
        xlabel=_first(one[2] for one in axes) or _first(iter([xlabel])),
        ylabel=_first(one[3] for one in axes) or _first(iter([ylabel])),
        lines=tuple(
            Line(x, y, dashed, label, endless) for kind, x, y, dashed, label, endless in drawn if kind == "line"
        ),
        points=tuple(Points(x, y, label) for kind, x, y, _, label, _ in drawn if kind == "points"),
    )


def _checked(drawn: Drawn) -> Drawn:
    """Check the types, which another process may have forged."""
    kind, x, y, dashed, label, endless = drawn
    if x.dtype != np.float64 or y.dtype != np.float64 or x.ndim != 1 or x.shape != y.shape:
        raise TypeError("no vertices")
    return str(kind), x, y, bool(dashed), str(label), bool(endless)


def _whole(number: Any) -> int:
    return number if type(number) is int else 0


def _first(labels: Iterator[Any]) -> str:
    return next((text for label in labels if (text := str(label).strip())), "")


def _equal(drawn: Numbers, values: ArrayLike) -> bool:
    wanted = np.asarray(values, dtype=np.float64)
    return drawn.shape == wanted.shape and bool(np.isclose(drawn, wanted, RTOL, ATOL, equal_nan=True).all())
