"""The course's look: one palette, one matplotlib style, one way to make a plain chart.

Needs no front end, so that the grader may import it to compare curves. matplotlib is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PALETTE", "new_chart", "use_style"]

# Okabe and Ito, "Color Universal Design" (2008): distinct under every common kind of colour blindness.
PALETTE = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "grey": "#6E6E6E",
    "ink": "#222222",
}


def use_style() -> None:
    """Set matplotlib's defaults to the course's: its palette, a quiet grid, a readable size."""
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=[PALETTE[name] for name in list(PALETTE)[:6]]),
            "axes.edgecolor": "#8A8A8A",
            "axes.grid": True,
            "axes.labelcolor": PALETTE["ink"],
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlesize": 11,
            "figure.facecolor": "white",
            "figure.figsize": (6.4, 3.8),
            "font.size": 10.5,
            "grid.color": "#E4E4E4",
            "legend.frameon": False,
            "lines.linewidth": 2.0,
            "xtick.color": PALETTE["ink"],
            "ytick.color": PALETTE["ink"],
        }
    )


def new_chart(width: float, height: float) -> tuple[Figure, Axes]:
    """Make a figure of `width` by `height` inches with one axes.

    It bypasses pyplot, so no figure stays open if nobody shows it.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
