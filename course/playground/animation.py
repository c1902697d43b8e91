"""Watch gradient descent move a line into place: a player as a widget, or six still frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.display.style import PALETTE

from .board import assemble, board, wrapping_row
from .playground_math import descent_path, line_matrix, squared_loss
from .widget_or_still import show_widget_or_still

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["animate_line", "line_player", "still_frames"]

FRAMES = 6
HEIGHT = 320  # pixels of both pictures
SPEEDS = {"slow": 400, "normal": 150, "fast": 50}  # milliseconds per epoch
ALT = (
    "{count} frames of a line that moves into place among the points, epochs {epochs}. It begins flat on the x "
    "axis. First it turns until its slope is nearly right, then it rises slowly. The loss falls from {first:.3g} "
    "to {last:.3g}."
)


@dataclass(frozen=True)
class Descent:
    """The points `X` and `y`, both (n,), and for each epoch from 0 on the line's (w, b) and its loss."""

    X: np.ndarray
    y: np.ndarray
    path: np.ndarray  # (epochs + 1, 2)
    losses: np.ndarray  # (epochs + 1,)

    @classmethod
    def on(cls, X: np.ndarray, y: np.ndarray, rate: float, epochs: int) -> Descent:
        """Compute the descent from w = 0, b = 0; ValueError if a shape, the rate or `epochs` is unusable."""
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        if X.ndim != 1 or y.ndim != 1:
            raise ValueError(f"X has shape {X.shape} and y {y.shape}: both must be (n,)")
        A = line_matrix(X)
        path = descent_path(A, y, rate, epochs)
        return cls(X, y, path, squared_loss(A, y, path))

    def ends(self) -> np.ndarray:
        """The x at which a drawn line begins and ends, (2,): a little beyond the data."""
        margin = 0.05 * (self.X.max() - self.X.min() or 1.0)
        return np.array([self.X.min() - margin, self.X.max() + margin])

    def line(self, epoch: int) -> np.ndarray:
        """The line's y at both `ends`, (2,), after `epoch` epochs."""
        return np.polyval(self.path[epoch], self.ends())

    def heights(self) -> tuple[float, float]:
        """The limits of the y axis, one unit beyond the data."""
        return float(self.y.min()) - 1, float(self.y.max()) + 1

    def caption(self, epoch: int) -> str:
        """Return a line with one epoch's parameters and loss."""
        w, b = self.path[epoch]
        return f"epoch {epoch}: w = {w:.2f}, b = {b:.2f}, loss = {self.losses[epoch]:.2f}"

    def alt(self) -> str:
        """Return what a reader who cannot see the frames needs to know."""
        epochs = ", ".join(map(str, self.frames()))
        return ALT.format(count=FRAMES, epochs=epochs, first=self.losses[0], last=self.losses[-1])

    def frames(self) -> list[int]:
        """The epochs of the still frames: close together at first, when most happens."""
        last = len(self.path) - 1
        return [round(last * (k / (FRAMES - 1)) ** 2) for k in range(FRAMES)]


def animate_line(X: np.ndarray, y: np.ndarray, *, rate: float = 0.01, epochs: int = 50) -> None:
    """Show gradient descent on the line through the points (X, y), both (n,), from w = 0, b = 0.

    A front end that draws widgets gets play, pause, scrubbing and speed, any other six still frames. Raises
    ValueError if a shape, `rate` or `epochs` is unusable.
    """
    descent = Descent.on(X, y, rate, epochs)
    show_widget_or_still(lambda: line_player(descent), lambda: still_frames(descent), descent.alt())


def still_frames(descent: Descent) -> Figure:
    """Draw six epochs of the descent as one figure."""
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


def line_player(descent: Descent) -> Any:
    """Make the widget: the line, its loss, and the controls. A new epoch moves one line and one dot."""
    import ipywidgets as widgets

    picture, line = _line_picture(descent)
    valley, dot = _loss_picture(descent)
    readout = widgets.HTML()
    play, slider, speed = _controls(len(descent.path) - 1)

    def draw(change: dict[str, Any] | None = None) -> None:
        epoch = slider.value
        line.y = descent.line(epoch)
        with dot.hold_sync():
            dot.x, dot.y = [epoch], [descent.losses[epoch]]
        readout.value = descent.caption(epoch)

    slider.observe(draw, "value")
    draw()
    controls = wrapping_row(play, slider, widgets.HBox([widgets.Label("speed"), speed]))
    pictures = widgets.HBox([picture, valley], layout=widgets.Layout(width="100%", max_width="880px"))
    player = assemble(pictures, readout, controls)
    # Linked in the browser, so that the slider never waits for the kernel. An unreferenced link is collected.
    player.link = widgets.jslink((play, "value"), (slider, "value"))
    return player


def _controls(last: int) -> tuple[Any, Any, Any]:
    """Make the play button, the slider over the epochs 0 to `last`, and the choice of speed."""
    import ipywidgets as widgets

    play = widgets.Play(min=0, max=last, interval=SPEEDS["normal"], show_repeat=False)
    slider = widgets.IntSlider(min=0, max=last, description="epoch", layout=widgets.Layout(width="300px"))
    speed = widgets.ToggleButtons(options=SPEEDS, value=SPEEDS["normal"], tooltips=["slow", "normal", "fast"])
    speed.style.button_width = "76px"
    speed.observe(lambda change: setattr(play, "interval", change["new"]), "value")
    return play, slider, speed


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
    return board([points, line], scales, "feature x (no unit)", "target y (no unit)", ("54%", HEIGHT)), line


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
    return board([curve, dot], scales, "epoch", "loss (mean squared error)", ("46%", HEIGHT)), dot
