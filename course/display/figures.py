"""Pictures with words: every figure of the course is shown through `show`, together with its alt text."""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING

from .frontend import interactive, show_bundle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PALETTE", "show", "use_style"]

# Okabe and Ito, "Color Universal Design" (2008): told apart with every common kind of colour vision.
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

DPI = 160  # about twice what is shown, so that the picture stays sharp on a fine screen
WIDTH_OF_AN_INCH = 84  # in CSS pixels

# A white card on any theme: a picture that mixes its colours with a dark page loses its contrasts.
CARD = "background:#fff;padding:6px;border-radius:6px;max-width:100%;box-sizing:border-box"


def use_style() -> None:
    """Give matplotlib the course's look: its palette, a quiet grid, a readable size."""
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


def show(figure: Figure, alt: str) -> None:
    """Show a figure with its alt text, and close it; where nobody is looking, give the alt text alone.

    `alt` says in a sentence or two what a reader who cannot see the figure needs to know.
    """
    import matplotlib.pyplot as plt

    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt is {alt!r}: say in a sentence what the figure shows")
    bundle = {"text/plain": f"Figure: {alt}"}
    if interactive():
        bundle["text/html"] = picture_html(figure, alt)
    plt.close(figure)  # or the notebook shows it a second time
    show_bundle(bundle)


def picture_html(figure: Figure, alt: str) -> str:
    """Draw the figure as an `<img>` on a white card, with its alt text."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DPI, facecolor="white")
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    width = round(figure.get_figwidth() * WIDTH_OF_AN_INCH)
    return f'<img alt="{html.escape(alt)}" width="{width}" style="{CARD}" src="data:image/png;base64,{data}">'
