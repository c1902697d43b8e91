"""A white board with axes for a playground: bqplot marks on a figure that looks the same in every theme."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["STYLE", "board", "drawn_size", "rounded_curves", "ticks"]

# Dark writing on white in every theme, as the still figures have it.
STYLE = """<style>
.fd-board .bqplot { background: #fff; border-radius: 6px;
  --bq-background: #fff; --bq-plotarea-background-fill: #fff;
  --bq-axis-tick-text-fill: #222; --bq-axis-tick-text-font: 12px sans-serif;
  --bq-axislabel-fill: #222; --bq-axislabel-font: 13px sans-serif;
  --bq-axis-path-stroke: #8a8a8a; --bq-axis-tick-stroke: #8a8a8a; }
.fd-board .widget-html-content { font-variant-numeric: tabular-nums; line-height: 1.45; }
</style>"""
MARGIN = {"top": 12, "bottom": 44, "left": 62, "right": 12}


def drawn_size(side: int) -> tuple[int, int]:
    """The width and height of a figure whose inside, between the axes, is a square of `side` pixels."""
    return side + MARGIN["left"] + MARGIN["right"], side + MARGIN["top"] + MARGIN["bottom"]


def board(marks: list[Any], scales: dict[str, Any], xlabel: str, ylabel: str, size: tuple[int, int]) -> Any:
    """Make a figure of `size` (width, height) in pixels from marks that share `scales`, x and y."""
    import bqplot as bq

    across = bq.Axis(scale=scales["x"], label=xlabel, grid_color="#E4E4E4")
    up = bq.Axis(scale=scales["y"], label=ylabel, grid_color="#E4E4E4")
    up.label_offset = "46px"
    up.orientation = "vertical"  # as an argument it warns from bqplot 0.13 on
    for axis in (across, up):
        if isinstance(axis.scale, bq.LinearScale):
            axis.tick_values = ticks(axis.scale)
    figure = bq.Figure(marks=marks, axes=[across, up], fig_margin=MARGIN, animation_duration=0)
    figure.layout.width, figure.layout.height = (f"{pixels}px" for pixels in size)
    return figure


def rounded_curves(curves: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Give curves of one length, each (k, 2), as the x and y of one mark, rounded to what a screen can show."""
    stacked = np.round(np.array(curves), 4)
    return stacked[:, :, 0], stacked[:, :, 1]


def ticks(scale: Any) -> np.ndarray:
    """Round values within a scale, three to seven of them; bqplot's own are unround and shown rounded."""
    span = scale.max - scale.min
    power = 10.0 ** np.floor(np.log10(span / 7))
    step = min(power * factor for factor in (1, 2, 5, 10) if power * factor >= span / 7)
    return np.arange(np.ceil(scale.min / step), np.floor(scale.max / step) + 1) * step
