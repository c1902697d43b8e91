"""A student's matplotlib figure as plain data: what is drawn on which panel, and how the axes are labelled.

The figure may be a handle on an object in another process. So it is read through public methods, attributes,
indexing and `len` alone, once; everything after that works on the `Picture`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Line", "Panel", "Picture", "Points", "read_figure"]

Numbers = NDArray[np.float64]
NOT_DRAWN = ("None", "none", " ", "")  # how matplotlib writes a line style or a marker that is not there
SOLID = ("-", "solid")
RTOL, ATOL = 1e-6, 1e-9


@dataclass(frozen=True, eq=False)
class Line:
    """A line through its vertices, in data coordinates. `endless`: it crosses the whole panel (`axline`)."""

    x: Numbers
    y: Numbers
    dashed: bool
    label: str = ""
    endless: bool = False

    def is_level(self, height: float) -> bool:
        """Say whether the line is horizontal at `height`."""
        return self.y.size > 1 and bool(np.isclose(self.y, height, RTOL, ATOL).all())

    def follows(self, slope: float, intercept: float) -> bool:
        """Say whether every vertex lies on y = slope x + intercept, and there is more than one."""
        if self.x.size < 2 or np.ptp(self.x) == 0:
            return False
        return bool(np.isclose(self.y, slope * self.x + intercept, RTOL, ATOL * np.abs(self.x).max()).all())

    def spans(self, low: float, high: float, share: float = 0.8) -> bool:
        """Say whether the line covers at least this share of [low, high] on the x axis."""
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
    """One pair of axes; axes that lie on one another (`twinx`) are one panel."""

    title: str
    xlabel: str
    ylabel: str
    lines: tuple[Line, ...]
    points: tuple[Points, ...]

    def __str__(self) -> str:
        marks = sum(points.x.size for points in self.points)
        counts = [(len(self.lines), "line"), (marks, "point")]
        return " and ".join(f"{count} {name}{'s' * (count > 1)}" for count, name in counts if count)

    @property
    def is_labelled(self) -> bool:
        """Both axes say what they show, and not the same."""
        return bool(self.xlabel and self.ylabel) and self.xlabel != self.ylabel

    @property
    def is_empty(self) -> bool:
        """Nothing is drawn here."""
        return not (self.lines or self.points)

    def has_curve(self, heights: ArrayLike) -> bool:
        """Say whether these values are drawn, all of them and in this order, over any x."""
        return any(_equal(drawn.y, heights) for drawn in self._drawn)

    def has_sideways(self, values: ArrayLike) -> bool:
        """Say whether these values are drawn along the x axis, as `plot(values, ...)` would."""
        return any(_equal(drawn.x, values) for drawn in self._drawn)

    @property
    def _drawn(self) -> tuple[Line | Points, ...]:
        return (*self.lines, *self.points)

    def has_points(self, x: Numbers, y: Numbers) -> bool:
        """Say whether every (x, y) is marked, in any order, by one call or by many."""
        if not self.points:
            return False
        drawn_x = np.concatenate([points.x for points in self.points])
        drawn_y = np.concatenate([points.y for points in self.points])
        return all(
            bool((np.isclose(drawn_x, one_x, RTOL, ATOL) & np.isclose(drawn_y, one_y, RTOL, ATOL)).any())
            for one_x, one_y in zip(x, y, strict=True)
        )

    def shows_same(self, other: Panel) -> bool:
        """Say whether the other panel has the same curves and points."""
        mine, theirs = self._drawn, other._drawn
        return len(mine) == len(theirs) and all(
            _equal(one.x, two.x) and _equal(one.y, two.y) for one, two in zip(mine, theirs, strict=True)
        )

    def joins(self, x: Numbers, y: Numbers) -> bool:
        """Say whether every (x, y) is the vertex of a line, as `plot(x, y)` without a marker makes it."""
        vertices = tuple(Points(line.x, line.y) for line in self.lines)
        return replace(self, points=vertices).has_points(x, y)

    def levels(self, height: float) -> list[Line]:
        """Give the horizontal lines at this height."""
        return [line for line in self.lines if line.is_level(height)]

    def has_line(self, slope: float, intercept: float, low: float, high: float) -> bool:
        """Say whether y = slope x + intercept is drawn over most of [low, high]."""
        return any(line.follows(slope, intercept) and line.spans(low, high) for line in self.lines)


@dataclass(frozen=True, eq=False)
class Picture:
    """What a figure shows."""

    panels: tuple[Panel, ...]

    def __str__(self) -> str:
        drawn = [panel for panel in self.panels if not panel.is_empty]
        if not drawn:
            return "a figure with nothing drawn"
        count = "1 panel" if len(drawn) == 1 else f"{len(drawn)} panels"
        return f"a figure with {count}: " + "; ".join(map(str, drawn))

    def equals(self, other: Picture | None) -> bool:
        """Say whether the other picture has the same curves and points on the same panels."""
        if other is None or len(other.panels) != len(self.panels):
            return False
        return all(one.shows_same(two) for one, two in zip(self.panels, other.panels, strict=True))

    def find(self, *curves: ArrayLike) -> Panel | None:
        """Give the first panel on which all these curves are drawn."""
        found = (panel for panel in self.panels if all(panel.has_curve(curve) for curve in curves))
        return next(found, None)


def read_figure(figure: Any) -> Picture:
    """Read a figure, or raise `TypeError` where the value is none."""
    try:
        axes = _items(figure.get_axes())
        shared = _shared_label(figure, "get_supxlabel"), _shared_label(figure, "get_supylabel")
        places = [tuple(round(float(edge), 6) for edge in one.get_position().bounds) for one in axes]
    except Exception as error:
        raise TypeError("not a figure") from error
    return Picture(
        tuple(
            _panel([one for one, its in zip(axes, places, strict=True) if its == place], *shared)
            for place in dict.fromkeys(places)
        )
    )


def _panel(axes: list[Any], xlabel: str, ylabel: str) -> Panel:
    lines: list[Line] = []
    points: list[Points] = []
    for drawn in (drawn for one in axes for drawn in _drawn(one)):
        if isinstance(drawn, Line):
            lines.append(drawn)
        else:
            points.append(drawn)
    return Panel(
        title=_first(one.get_title() for one in axes),
        xlabel=_first(one.get_xlabel() for one in axes) or xlabel,
        ylabel=_first(one.get_ylabel() for one in axes) or ylabel,
        lines=tuple(lines),
        points=tuple(points),
    )


def _drawn(axes: Any) -> Iterator[Line | Points]:
    for artists, read in ((axes.get_lines(), _from_line), (axes.collections, _from_collection)):
        for artist in _items(artists):
            with contextlib.suppress(Exception):  # an artist of a kind that has no vertices to read
                yield from read(artist) if artist.get_visible() else ()


def _from_line(artist: Any) -> Iterator[Line | Points]:
    style, label = str(artist.get_linestyle()), _label(artist)
    dashed = style not in SOLID
    if hasattr(artist, "get_slope"):  # an `axline`: its data are not its vertices
        yield _endless(artist, dashed, label)
        return
    x, y = _numbers(artist.get_xdata(False)), _numbers(artist.get_ydata(False))
    if style not in NOT_DRAWN:
        yield Line(x, y, dashed, label)
    if str(artist.get_marker()) not in NOT_DRAWN:
        yield Points(x, y, label)


def _endless(artist: Any, dashed: bool, label: str) -> Line:
    x, y = _numbers(artist.get_xy1())
    slope, other = artist.get_slope(), artist.get_xy2()
    end = _numbers(other) if other is not None else np.array([x + 1.0, y + float(slope)])
    return Line(np.array([x, end[0]]), np.array([y, end[1]]), dashed, label, endless=True)


def _from_collection(artist: Any) -> Iterator[Line | Points]:
    label = _label(artist)
    if hasattr(artist, "get_segments"):
        styles = _items(artist.get_linestyle())
        for index, segment in enumerate(_items(artist.get_segments())):
            dashes = styles[index % len(styles)][1]
            vertices = _numbers(segment)
            yield Line(vertices[:, 0], vertices[:, 1], dashes is not None, label)
    elif hasattr(artist, "get_offsets"):
        places = _numbers(artist.get_offsets()).reshape(-1, 2)
        yield Points(places[:, 0], places[:, 1], label)


def _shared_label(figure: Any, getter: str) -> str:
    return str(getattr(figure, getter)()).strip() if hasattr(figure, getter) else ""


def _items(sequence: Any) -> list[Any]:
    return [sequence[index] for index in range(len(sequence))]


def _numbers(values: Any) -> Numbers:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan))


def _label(artist: Any) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _first(labels: Iterator[Any]) -> str:
    return next((text for label in labels if (text := str(label).strip())), "")


def _equal(drawn: Numbers, values: ArrayLike) -> bool:
    wanted = np.asarray(values, dtype=np.float64)
    return drawn.shape == wanted.shape and bool(np.isclose(drawn, wanted, RTOL, ATOL, equal_nan=True).all())
