"""Read a Matplotlib figure into plain tuples, through its public methods.

This runs where the figure is: in the notebook's process, or in the sandbox. `checking.figures` interprets the
result.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Axes", "Drawn", "draw_beside", "read_artists"]

Numbers = NDArray[np.float64]
Drawn = tuple[str, Numbers, Numbers, bool, str, bool]  # "line" or "points", x, y, dashed, label, endless
Axes = tuple[tuple[float, ...], str, str, str, list[Drawn]]  # place, title, labels of x and y, what is drawn

NOT_DRAWN = ("None", "none", " ", "")  # how matplotlib writes a line style or a marker that is not there
SOLID = ("-", "solid")


def read_artists(figure: Any) -> tuple[str, str, list[Axes], int]:
    """Read a figure: its common labels of x and y, its axes in order, and its number among pyplot's figures.

    The number is 0 for a figure that pyplot does not know. Raises for anything that is not a figure.
    """
    axes = [_axes(one) for one in _items(figure.get_axes())]
    number = getattr(figure, "number", 0)
    known = number if type(number) is int else 0
    return _shared_label(figure, "get_supxlabel"), _shared_label(figure, "get_supylabel"), axes, known


def draw_beside(number: int, plot: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `plot` returns while an empty figure of this number is open.

    If `plot` lets pyplot make a new figure, that one gets the next number.
    """
    import matplotlib.pyplot as plt

    plt.figure(number)
    try:
        return plot(*arguments)
    finally:
        plt.close(number)


def _axes(axes: Any) -> Axes:
    place = tuple(round(float(edge), 6) for edge in axes.get_position().bounds)
    return place, str(axes.get_title()), str(axes.get_xlabel()), str(axes.get_ylabel()), list(_drawn(axes))


def _drawn(axes: Any) -> Iterator[Drawn]:
    for artists, read in ((axes.get_lines(), _from_line), (axes.collections, _from_collection)):
        for artist in _items(artists):
            with contextlib.suppress(Exception):  # an artist of a kind that has no vertices to read
                yield from read(artist) if artist.get_visible() else ()


def _from_line(artist: Any) -> Iterator[Drawn]:
    style, label = str(artist.get_linestyle()), _label(artist)
    dashed = style not in SOLID
    if hasattr(artist, "get_slope"):  # an `axline`: its data are not its vertices
        yield _endless(artist, dashed, label)
        return
    x, y = _numbers(artist.get_xdata(False)), _numbers(artist.get_ydata(False))
    if style not in NOT_DRAWN:
        yield "line", x, y, dashed, label, False
    if str(artist.get_marker()) not in NOT_DRAWN:
        yield "points", x, y, False, label, False


def _endless(artist: Any, dashed: bool, label: str) -> Drawn:
    x, y = _numbers(artist.get_xy1())
    slope, other = artist.get_slope(), artist.get_xy2()
    end = _numbers(other) if other is not None else np.array([x + 1.0, y + float(slope)])
    return "line", np.array([x, end[0]]), np.array([y, end[1]]), dashed, label, True


def _from_collection(artist: Any) -> Iterator[Drawn]:
    label = _label(artist)
    if hasattr(artist, "get_segments"):
        styles = _items(artist.get_linestyle())
        for index, segment in enumerate(_items(artist.get_segments())):
            dashes = styles[index % len(styles)][1]
            vertices = _numbers(segment)
            yield "line", vertices[:, 0], vertices[:, 1], dashes is not None, label, False
    elif hasattr(artist, "get_offsets"):
        places = _numbers(artist.get_offsets()).reshape(-1, 2)
        yield "points", places[:, 0], places[:, 1], False, label, False


def _shared_label(figure: Any, getter: str) -> str:
    return str(getattr(figure, getter)()).strip() if hasattr(figure, getter) else ""


def _items(sequence: Any) -> list[Any]:
    return [sequence[index] for index in range(len(sequence))]


def _numbers(values: Any) -> Numbers:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan))


def _label(artist: Any) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label
