"""Enter a curve: draw it with the mouse or type a few numbers, and each shows the other."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np

from course.display.card import SKETCH

from .question import Curve

__all__ = ["SAMPLES", "CurveEntry", "complete"]

SAMPLES = 61  # positions at which a drawn curve is read, evenly spaced on the axis
COVERED = 0.9  # share of the axis that a drawing must cover
NOTHING_DRAWN = "Nothing is drawn yet: draw the curve in the chart, or type a few numbers below it."


class CurveEntry:
    """The chart to draw in and the text box below it; whichever was used last holds the value."""

    def __init__(self, question: Curve) -> None:
        self._question = question
        self._drawn: list[float] | None = None
        self._ours = False  # true while we set a widget, since that change is not the student's
        self._line, chart = _chart(question)
        self._text = widgets.Text(
            description=f"Or type {question.ylabel}",
            placeholder=f"2 or more numbers, evenly spaced: {question.example()[1:-1]}",
            tooltip=f"{question.ylabel} from {question.span_text()}, numbers separated by spaces",
            layout={"width": "100%"},
        )
        clear = widgets.Button(description="Clear", icon="eraser", tooltip="Clear the drawing")
        clear.on_click(lambda _: self._clear())
        help_text = (
            f"Draw from left to right with the mouse button held down, or type two or more values of "
            f"{question.ylabel}, evenly spaced from {question.span_text()}."
        )
        note = widgets.HTML(escape(help_text))
        note.add_class("fd-soft")
        self.parts = [note, *([chart] if chart else []), self._text, *([clear] if chart else [])]
        self._text.observe(self._on_text, "value")
        if self._line is not None:
            self._line.observe(self._on_line, "y")

    def value(self) -> Any:
        """Return the drawn values or the typed text; ValueError, in one sentence, if the curve is not complete."""
        if self._drawn is None:
            if not self._text.value.strip():
                raise ValueError(NOTHING_DRAWN)
            return self._text.value
        return complete(self._question, self._drawn)

    def _on_line(self, change: Any) -> None:
        if self._ours:
            return
        self._drawn = [float(y) for y in np.ravel(change["new"])]
        try:
            values = complete(self._question, self._drawn)
        except ValueError:
            return self._set(self._text, "")
        self._set(self._line, np.asarray(values))
        some = self._question.at(values, self._question.grid(self._question.points))
        return self._set(self._text, ", ".join(f"{y:.3g}" for y in some))

    def _on_text(self, _: Any) -> None:
        if self._ours:
            return
        self._drawn = None
        try:
            values = self._question.read(self._text.value)
        except ValueError:  # still being typed; locking in will say what is wrong with it
            return
        if self._line is not None:
            self._set(self._line, self._question.at(values, self._question.grid(SAMPLES)))

    def _clear(self) -> None:
        self._drawn = None
        self._set(self._text, "")
        if self._line is not None:
            self._set(self._line, np.full(SAMPLES, np.nan))

    def _set(self, widget: Any, value: Any) -> None:
        self._ours = True
        try:
            setattr(widget, "value" if widget is self._text else "y", value)
        finally:
            self._ours = False


def complete(question: Curve, drawn: Sequence[float]) -> list[float]:
    """Fill the holes (nan) of a drawn curve, (k,), smooth its steps and clip it to the range of y.

    Raises ValueError, saying how far the drawing reaches, if it covers less than nine tenths of the x axis.
    """
    y, x = np.asarray(drawn, float), question.grid(len(drawn))
    there = np.isfinite(y)
    if not there.any():
        raise ValueError(NOTHING_DRAWN)
    if there.mean() < COVERED:
        inside = f"{x[there][0]:.3g} to {x[there][-1]:.3g}"
        share = f"only {100 * there.mean():.0f} % of the axis, within {question.xlabel} {inside}"
        raise ValueError(f"So far the curve covers {share}: go on until it covers {question.span_text()}.")
    # A quick stroke leaves steps, one for each mouse position seen: join their midpoints.
    drawn_at, heights = np.flatnonzero(there), np.clip(y[there], *question.y)
    starts = np.flatnonzero(np.diff(heights, prepend=np.nan) != 0)
    ends = np.append(starts[1:], heights.size) - 1
    middles, levels = (drawn_at[starts] + drawn_at[ends]) / 2, heights[starts]
    places = np.arange(y.size)
    if question.log_y:
        filled = np.exp(np.interp(places, middles, np.log(levels)))
    else:
        filled = np.interp(places, middles, levels)
    return [float(f"{item:.4g}") for item in np.clip(filled, *question.y)]


def _chart(question: Curve) -> tuple[Any, Any]:
    """Return bqplot's line and chart; (None, None) if bqplot is missing, and typing has to do."""
    try:
        import bqplot
    except ImportError:
        return None, None
    x = _scale(bqplot, question.x, question.log_x)
    y = _scale(bqplot, question.y, question.log_y)
    # It starts without values, since a flat line would look like a prediction already made.
    line = bqplot.Lines(
        x=question.grid(SAMPLES),
        y=np.full(SAMPLES, np.nan),
        scales={"x": x, "y": y},
        colors=[SKETCH],
        stroke_width=3,
    )
    axes = [
        bqplot.Axis(scale=x, label=question.xlabel, grid_lines="solid", label_offset="36px"),
        bqplot.Axis(scale=y, label=question.ylabel, side="left", grid_lines="solid", label_offset="46px"),
    ]
    chart = bqplot.Figure(
        marks=[line],
        axes=axes,
        interaction=bqplot.interacts.HandDraw(lines=line),
        fig_margin={"top": 14, "bottom": 54, "left": 66, "right": 24},
        padding_x=0.0,
        padding_y=0.0,
        display_toolbar=False,
        background_style={"fill": "transparent"},
        layout={"width": "100%", "max_width": "620px", "height": "320px"},
    )
    return line, chart


def _scale(bqplot: Any, span: tuple[float, float], log: bool) -> Any:
    kind = bqplot.LogScale if log else bqplot.LinearScale
    return kind(min=float(span[0]), max=float(span[1]))
