"""Show a playground: the widget to a person whose front end can draw one, a still figure to anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course.display.figures import show
from course.display.frontend import interactive, show_bundle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["show_widget_or_still"]


def show_widget_or_still(make_widget: Callable[[], Any], draw_still: Callable[[], Figure], alt: str) -> None:
    """Show what `make_widget` returns, or what `draw_still` draws if no widget can be shown.

    `alt` describes the figure in words; it accompanies either.
    """
    view = _widget_view(make_widget) if interactive() else None
    if view is None:
        show(draw_still(), alt)
    else:
        show_bundle({**view, "text/plain": f"Figure: {alt}"})


def _widget_view(make_widget: Callable[[], Any]) -> dict[str, Any] | None:
    """Return the widget's MIME bundle without its plain text; None where a widget library is missing."""
    try:
        widget = make_widget()
    except ImportError:
        return None
    bundle = widget._repr_mimebundle_()
    return {kind: value for kind, value in bundle.items() if kind != "text/plain"}
