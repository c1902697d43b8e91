"""Figures with words: the course shows every figure through `show`, together with its alt text."""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING

from .frontend import interactive, show_bundle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["picture_html", "show"]

DPI = 160  # about twice the size on the page, so that the picture stays sharp on a dense screen
PIXELS_PER_INCH = 84  # CSS pixels on the page for each inch of the figure

# A white card on any theme: a picture that lets a dark page through loses its contrast.
CARD = "background:#fff;padding:6px;border-radius:6px;max-width:100%;box-sizing:border-box"


def show(figure: Figure, alt: str) -> None:
    """Show a figure with its alt text, then close it; when nobody is looking, show the alt text alone.

    `alt` says in a sentence or two what a reader who cannot see the figure needs to know. Raises ValueError if
    it is blank.
    """
    import matplotlib.pyplot as plt

    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt is {alt!r}: say in a sentence what the figure shows")
    bundle = {"text/plain": f"Figure: {alt}"}
    if interactive():
        bundle["text/html"] = picture_html(figure, alt)
    plt.close(figure)  # otherwise the notebook shows it a second time
    show_bundle(bundle)


def picture_html(figure: Figure, alt: str) -> str:
    """Draw the figure as an `<img>` on a white card, with its alt text."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DPI, facecolor="white")
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    width = round(figure.get_figwidth() * PIXELS_PER_INCH)
    return f'<img alt="{html.escape(alt)}" width="{width}" style="{CARD}" src="data:image/png;base64,{data}">'
