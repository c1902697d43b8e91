"""The board of a playground: bqplot marks on labelled axes, dark on white in every theme."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["assemble", "board", "drawn_size", "rounded_curves", "ticks", "wrapping_row"]

# Dark on white like the still figures. It styles what `assemble` returns.
STYLE = """<style>
.fd-board .bqplot { background: #fff; border-radius: 6px;
  --bq-background: #fff; --bq-plotarea-background-fill: #fff;
  --bq-axis-tick-text-fill: #222; --bq-axis-tick-text-font: 12px sans-serif;
  --bq-axislabel-fill: #222; --bq-axislabel-font: 13px sans-serif;
  --bq-axis-path-stroke: #8a8a8a; --bq-axis-tick-stroke: #8a8a8a; }
.fd-board .widget-html-content { font-variant-numeric: tabular-nums; line-height: 1.45; }
</style>"""
MARGIN = {"top": 12, "bottom": 44, "left": 62, "right": 12}  # pixels around the plot area, for the labels


def assemble(*parts: Any) -> Any:
    """Stack the parts of a playground into one widget, styled as a board."""
    import ipywidgets as widgets

    widget = widgets.VBox([widgets.HTML(STYLE), *parts])
    widget.add_class("fd-board")
    return widget


def wrapping_row(*parts: Any) -> Any:
    """Set parts side by side, wrapping what does not fit the width."""
    import ipywidgets as widgets

    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))


def drawn_size(side: int) -> tuple[int, int]:
    """Return the (width, height) in pixels of a figure whose plot area is a square of `side` pixels."""
    return side + MARGIN["left"] + MARGIN["right"], side + MARGIN["top"] + MARGIN["bottom"]


def board(marks: list[Any], scales: dict[str, Any], xlabel: str, ylabel: str, size: tuple[int | str, int]) -> Any:
    """Make a figure from marks that share `scales`, {"x": ..., "y": ...}.

    `size` is (width, height) in pixels; the width may also be a CSS length such as "54%".
    """
    import bqplot as bq

    across = bq.Axis(scale=scales["x"], label=xlabel, grid_color="#E4E4E4")
    up = bq.Axis(scale=scales["y"], label=ylabel, grid_color="#E4E4E4")
    up.label_offset = "46px"
    up.orientation = "vertical"  # as an argument of Axis it warns from bqplot 0.13 on
    for axis in (across, up):
        if isinstance(axis.scale, bq.LinearScale):
            axis.tick_values = ticks(axis.scale)
    figure = bq.Figure(marks=marks, axes=[across, up], fig_margin=MARGIN, animation_duration=0)
    width, height = size
    figure.layout.width = width if isinstance(width, str) else f"{width}px"
    figure.layout.height = f"{height}px"
    return figure


def rounded_curves(curves: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Stack curves, each (k, 2), into the x and y of one mark, both (curves, k), rounded to four decimals.

    A screen shows no more, and every digit travels to the browser.
    """
    stacked = np.round(np.array(curves), 4)
    return stacked[:, :, 0], stacked[:, :, 1]


def ticks(scale: Any) -> np.ndarray:
    """Return three to eight round values within a scale.

    bqplot's own ticks are not round, so its labels show rounded values in the wrong place.
    """
    span = scale.max - scale.min
    power = 10.0 ** np.floor(np.log10(span / 7))
    step = min(power * factor for factor in (1, 2, 5, 10) if power * factor >= span / 7)
    return np.arange(np.ceil(scale.min / step), np.floor(scale.max / step) + 1) * step
