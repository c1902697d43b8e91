"""Watch a line move into place: playable where widgets are drawn, six still frames where they are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.display.figures import PALETTE, show
from course.display.frontend import interactive, show_bundle

from .board import ticks
from .playground_math import descent_path, line_matrix, squared_loss

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["animate_line", "line_player", "still_frames"]

FRAMES = 6
# A white card with dark writing in every theme, as the still figures have it.
STYLE = """<style>
.fd-player .bqplot { background: #fff; border-radius: 6px;
  --bq-background: #fff; --bq-plotarea-background-fill: #fff;
  --bq-axis-tick-text-fill: #222; --bq-axis-tick-text-font: 12px sans-serif;
  --bq-axislabel-fill: #222; --bq-axislabel-font: 13px sans-serif;
  --bq-axis-path-stroke: #8a8a8a; --bq-axis-tick-stroke: #8a8a8a; }
.fd-player .widget-html-content { font-variant-numeric: tabular-nums; }
</style>"""
SPEEDS = {"slow": 400, "normal": 150, "fast": 50}  # milliseconds of one epoch
ALT = (
    "{count} frames of a line that moves into place among the points, epochs {epochs}. It begins flat on the x "
    "axis. First it turns until its slope is nearly right, then it rises slowly. The loss falls from {first:.3g} "
    "to {last:.3g}."
)


@dataclass(frozen=True)
class Descent:
    """A line on its way: the points and, for each epoch from 0 on, its (w, b) and its loss."""

    X: np.ndarray
    y: np.ndarray
    path: np.ndarray  # (epochs + 1, 2)
    losses: np.ndarray  # (epochs + 1,)

    @classmethod
    def on(cls, X: np.ndarray, y: np.ndarray, rate: float, epochs: int) -> Descent:
        """Compute the way from the flat line; ValueError if the data or the rate are no good."""
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        if X.ndim != 1 or y.ndim != 1:
            raise ValueError(f"X has shape {X.shape} and y {y.shape}: both have to be (n,)")
        A = line_matrix(X)
        path = descent_path(A, y, rate, epochs)
        return cls(X, y, path, squared_loss(A, y, path))

    def ends(self) -> np.ndarray:
        """Where a drawn line begins and ends, (2,): a little beyond the data."""
        margin = 0.05 * (self.X.max() - self.X.min() or 1.0)
        return np.array([self.X.min() - margin, self.X.max() + margin])

    def line(self, epoch: int) -> np.ndarray:
        """The line's height at both `ends`, (2,), after that many epochs."""
        return np.polyval(self.path[epoch], self.ends())

    def heights(self) -> tuple[float, float]:
        """The lowest and the highest y to draw, one unit beyond the data."""
        return float(self.y.min()) - 1, float(self.y.max()) + 1

    def caption(self, epoch: int) -> str:
        """The numbers of one epoch, in words."""
        w, b = self.path[epoch]
        return f"epoch {epoch}: w = {w:.2f}, b = {b:.2f}, loss = {self.losses[epoch]:.2f}"

    def alt(self) -> str:
        """What a reader who sees no picture needs to know."""
        epochs = ", ".join(map(str, self.frames()))
        return ALT.format(count=FRAMES, epochs=epochs, first=self.losses[0], last=self.losses[-1])

    def frames(self) -> list[int]:
        """The epochs of the still frames: close together at first, where most happens."""
        last = len(self.path) - 1
        return [round(last * (k / (FRAMES - 1)) ** 2) for k in range(FRAMES)]


def animate_line(X: np.ndarray, y: np.ndarray, *, rate: float = 0.01, epochs: int = 50) -> None:
    """Show the line through the points (X, y), both (n,), descending from w = 0, b = 0.

    With a front end that draws widgets: play, pause, scrub and speed. Without: six still frames.
    """
    descent = Descent.on(X, y, rate, epochs)
    view = _widget_view(descent) if interactive() else None
    if view is None:
        show(still_frames(descent), descent.alt())
    else:
        show_bundle({**view, "text/plain": f"Figure: {descent.alt()}"})


def still_frames(descent: Descent) -> Figure:
    """Draw six frames of the way as one figure."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, 3, figsize=(9, 5.4), sharex=True, sharey=True, layout="constrained")
    for axis, epoch in zip(axes.flat, descent.frames(), strict=True):
        axis.plot(descent.X, descent.y, "o", markersize=2.5, color=PALETTE["grey"], label="data")
        axis.plot(descent.ends(), descent.line(epoch), color=PALETTE["blue"], linewidth=2.5, label="line")
        w, b = descent.path[epoch]
        axis.set_title(f"epoch {epoch}: w = {w:.2f}, b = {b:.2f}\nloss = {descent.losses[epoch]:.2f}", fontsize=10)
        axis.set_ylim(descent.heights())
    figure.supxlabel("feature x (no unit)")
    figure.supylabel("target y (no unit)")
    axes.flat[0].legend(loc="upper left")
    return figure


def _widget_view(descent: Descent) -> dict[str, Any] | None:
    """Give the player's MIME bundle; None where a widget library is missing."""
    try:
        player = line_player(descent)
    except ImportError:
        return None
    bundle = player._repr_mimebundle_()
    return {kind: value for kind, value in bundle.items() if kind != "text/plain"}


def line_player(descent: Descent) -> Any:
    """Make the widget: two pictures, of which a frame changes only what moves, and the controls below."""
    import ipywidgets as widgets

    picture, line = _line_picture(descent)
    valley, dot = _loss_picture(descent)
    last = len(descent.path) - 1
    readout = widgets.HTML()
    play = widgets.Play(min=0, max=last, interval=SPEEDS["normal"], show_repeat=False)
    slider = widgets.IntSlider(min=0, max=last, description="epoch", layout=widgets.Layout(width="300px"))
    speed = widgets.ToggleButtons(options=SPEEDS, value=SPEEDS["normal"], tooltips=["slow", "normal", "fast"])
    speed.style.button_width = "76px"

    def draw(change: dict[str, Any] | None = None) -> None:
        epoch = slider.value
        line.y = descent.line(epoch)
        with dot.hold_sync():
            dot.x, dot.y = [epoch], [descent.losses[epoch]]
        readout.value = descent.caption(epoch)

    slider.observe(draw, "value")
    speed.observe(lambda change: setattr(play, "interval", change["new"]), "value")
    # The player and the slider are joined in the browser, so that the slider never waits for the kernel.
    link = widgets.jslink((play, "value"), (slider, "value"))
    draw()
    pace = widgets.HBox([widgets.Label("speed"), speed])
    controls = widgets.HBox([play, slider, pace], layout=widgets.Layout(flex_flow="row wrap"))
    pictures = widgets.HBox([picture, valley], layout=widgets.Layout(width="100%", max_width="880px"))
    player = widgets.VBox([widgets.HTML(STYLE), pictures, readout, controls])
    player.add_class("fd-player")
    player.link = link  # kept alive as long as the player is
    return player


def _line_picture(descent: Descent) -> tuple[Any, Any]:
    import bqplot as bq

    low, high = descent.heights()
    ends = descent.ends()
    scales = {"x": bq.LinearScale(min=ends[0], max=ends[1]), "y": bq.LinearScale(min=low, max=high)}
    points = bq.Scatter(
        x=descent.X, y=descent.y, scales=scales, colors=[PALETTE["grey"]], default_size=22, labels=["data"]
    )
    line = bq.Lines(
        x=ends, y=descent.line(0), scales=scales, colors=[PALETTE["blue"]], stroke_width=3, labels=["line"]
    )
    return _card([points, line], scales, "feature x (no unit)", "target y (no unit)", "54%"), line


def _loss_picture(descent: Descent) -> tuple[Any, Any]:
    import bqplot as bq

    last = len(descent.path) - 1
    top = float(descent.losses.max()) * 1.08
    scales = {"x": bq.LinearScale(min=-1.0, max=last + 1.0), "y": bq.LinearScale(min=0.0, max=top)}
    curve = bq.Lines(
        x=np.arange(last + 1), y=descent.losses, scales=scales, colors=[PALETTE["grey"]], stroke_width=1.5
    )
    dot = bq.Scatter(
        x=[0],
        y=descent.losses[:1],
        scales=scales,
        colors=[PALETTE["vermilion"]],
        marker="diamond",
        default_size=140,
    )
    return _card([curve, dot], scales, "epoch", "loss (mean squared error)", "46%"), dot


def _card(marks: list[Any], scales: dict[str, Any], xlabel: str, ylabel: str, width: str) -> Any:
    import bqplot as bq

    across, up = (
        bq.Axis(scale=scales[name], label=label, grid_color="#E4E4E4", tick_values=ticks(scales[name]))
        for name, label in (("x", xlabel), ("y", ylabel))
    )
    up.orientation = "vertical"  # as an argument it warns from bqplot 0.13 on
    figure = bq.Figure(
        marks=marks,
        axes=[across, up],
        fig_margin={"top": 14, "bottom": 46, "left": 56, "right": 14},
        animation_duration=0,
    )
    figure.layout.width, figure.layout.height = width, "320px"
    return figure
