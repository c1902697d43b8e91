"""A loss landscape to explore: drag the start or change the rate, and the path of gradient descent follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.display.style import PALETTE

from .board import assemble, board, drawn_size, rounded_curves, ticks, wrapping_row
from .playground_math import descent_path, level_curve, line_matrix, squared_loss, unit_spread
from .widget_or_still import show_widget_or_still

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Landscape", "explore_landscape", "landscape_board", "still_landscapes"]

STEPS = 100
FARTHEST = 40.0  # a path is drawn up to this many times the distance from the middle to the edge of the map
HEIGHTS = np.array([0.3, 1.5, 5, 12, 25, 45, 75, 115])  # contours, in loss above the lowest
STILLS = ((0.005, 100, False), (0.027, 40, False), (0.031, 14, False), (0.031, 100, True))  # rate, steps, scaled
SIDE = 340  # pixels of the map
ALT = (
    "Four maps of the loss over intercept and slope, each with a path of descent from (0, 0). With x as it is the "
    "contours are a long narrow valley: at rate 0.005 the path bends into the valley and creeps along it, at "
    "0.027 it zigzags between the walls and comes down, at 0.031 it zigzags and climbs out. With x scaled the "
    "contours are circles, and at 0.031 the path runs straight to the bottom."
)


@dataclass(frozen=True)
class Landscape:
    """The mean squared error over intercept and slope: `A` (n, 2), the column of ones first, and `y` (n,)."""

    A: np.ndarray
    y: np.ndarray
    reach: float  # from the middle of the map to each edge

    @classmethod
    def over(cls, X: np.ndarray, y: np.ndarray, scaled: bool) -> Landscape:
        """Make the landscape of the points (X, y), both (n,), with X as it is or standardized.

        Raises ValueError if the shapes differ or X has fewer than two different values.
        """
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        if X.ndim != 1 or X.shape != y.shape:
            raise ValueError(f"X has shape {X.shape} and y {y.shape}: both must be (n,)")
        if np.unique(X).size < 2:
            raise ValueError("X has fewer than two different values: a line needs two")
        A = line_matrix(unit_spread(X) if scaled else X)[:, ::-1]
        middle = np.abs(np.linalg.lstsq(A, y, rcond=None)[0]).max()
        return cls(A, y, 1.25 * max(middle, 4.0))

    def middle(self) -> np.ndarray:
        """The theta of the lowest loss, (2,)."""
        return level_curve(self.A, self.y, 0.0, 1)[0]

    def walk(self, start: np.ndarray, rate: float, steps: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
        """Return up to `steps` + 1 thetas, (k, 2), and their losses, (k,); the walk stops far beyond the map."""
        path = descent_path(self.A, self.y, rate, steps, start)
        with np.errstate(invalid="ignore"):
            near = np.abs(path - self.middle()).max(axis=1) < FARTHEST * self.reach
        last = len(path) if near.all() else max(int(np.argmin(near)), 1)
        return path[:last], squared_loss(self.A, self.y, path[:last])

    def contours(self) -> list[np.ndarray]:
        """The curves of equal loss, (121, 2) each, from the bottom outwards."""
        top = (self.reach / 5) ** 2 if self.reach > 6 else 1.0
        return [level_curve(self.A, self.y, height * min(top, 2.0)) for height in HEIGHTS]

    def caption(self, start: np.ndarray, rate: float) -> str:
        """Return where the walk begins and ends, in words."""
        path, losses = self.walk(start, rate)
        begin = f"start ({start[0]:.2f}, {start[1]:.2f}), rate {rate:.4f}: "
        if len(path) <= STEPS:
            return f"{begin}the loss grows from {losses[0]:.3g}, and after {len(path)} steps the path is far away"
        return f"{begin}the loss goes from {losses[0]:.3g} to {losses[-1]:.3g} in {STEPS} steps"


def explore_landscape(X: np.ndarray, y: np.ndarray) -> None:
    """Show the loss of the lines through (X, y), both (n,), as a map to walk on, or as four still maps.

    Raises ValueError if the shapes differ or X has fewer than two different values.
    """
    maps = {scaled: Landscape.over(X, y, scaled) for scaled in (False, True)}
    show_widget_or_still(lambda: landscape_board(maps), lambda: still_landscapes(maps), ALT)


def still_landscapes(maps: dict[bool, Landscape]) -> Figure:
    """Draw the four walks of `STILLS` from (0, 0) as one figure."""
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(2, 2, figsize=(8.4, 7.6), layout="constrained")
    for panel, (rate, steps, scaled) in zip(panels.flat, STILLS, strict=True):
        land = maps[scaled]
        for curve in land.contours():
            panel.plot(*curve.T, color=PALETTE["grey"], linewidth=0.8)
        path, _ = land.walk(np.zeros(2), rate, steps)
        panel.plot(*path.T, "o-", color=PALETTE["vermilion"], markersize=2.5, linewidth=0.8, label="path")
        panel.plot(*land.middle(), "k+", markersize=10, label="lowest loss")
        low, high = land.middle() - land.reach, land.middle() + land.reach
        panel.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
        panel.set_title(f"rate {rate}, x {'scaled' if scaled else 'as it is'}, {steps} steps")
    figure.supxlabel("intercept (units of y)")
    figure.supylabel("slope (units of y per unit of x, or per standard deviation)")
    panels.flat[0].legend(loc="upper right")
    return figure


def landscape_board(maps: dict[bool, Landscape]) -> Any:
    """Make the widget: the map with its path, the losses beside it, and the controls below."""
    import ipywidgets as widgets

    scene, readout = _Scene(), widgets.HTML()
    rate, scaled, across, up = _controls()

    def draw(change: Any = None) -> None:
        start = np.array([across.value, up.value])
        scene.draw_walk(*maps[scaled.value].walk(start, rate.value))
        readout.value = maps[scaled.value].caption(start, rate.value)

    def redraw_map(change: Any = None) -> None:
        scene.draw_map(maps[scaled.value])
        draw()

    def dragged(change: Any) -> None:
        if len(scene.start.x) and (scene.start.x[0], scene.start.y[0]) != (across.value, up.value):
            across.value, up.value = round(float(scene.start.x[0]), 3), round(float(scene.start.y[0]), 3)

    for control in (rate, across, up):
        control.observe(draw, "value")
    scaled.observe(redraw_map, "value")
    scene.start.observe(dragged, ["x", "y"])
    redraw_map()
    pictures, start = wrapping_row(scene.map, scene.losses), wrapping_row(widgets.Label("start"), across, up)
    return assemble(pictures, readout, wrapping_row(rate, scaled), start)


def _controls() -> tuple[Any, Any, Any, Any]:
    """Make the slider for the rate, the box for scaling, and the two numbers of the start."""
    import ipywidgets as widgets

    rate = widgets.FloatLogSlider(
        value=0.01, min=-3, max=0.2, step=0.01, description="rate", readout_format=".4f", continuous_update=True
    )
    rate.layout.width = "420px"
    scaled = widgets.Checkbox(description="x scaled", indent=False)
    across, up = (
        widgets.FloatText(description=name, step=0.5, layout=widgets.Layout(width="170px"))
        for name in ("intercept", "slope")
    )
    return rate, scaled, across, up


class _Scene:
    """The marks on the map and on the chart of losses beside it."""

    def __init__(self) -> None:
        import bqplot as bq

        self.scales = {"x": bq.LinearScale(min=-1.0, max=1.0), "y": bq.LinearScale(min=-1.0, max=1.0)}
        shared = {"scales": self.scales}
        grey, red = [PALETTE["grey"]], [PALETTE["vermilion"]]
        self.contours = bq.Lines(x=[0], y=[0], colors=grey, stroke_width=1, **shared)
        self.path = bq.Lines(x=[0], y=[0], colors=red, stroke_width=1.5, marker="circle", marker_size=12, **shared)
        self.bottom = bq.Scatter(x=[0], y=[0], colors=[PALETTE["ink"]], marker="cross", default_size=60, **shared)
        self.start = bq.Scatter(x=[0.0], y=[0.0], colors=[PALETTE["blue"]], default_size=220, **shared)
        self.start.enable_move = self.start.update_on_move = True
        marks = [self.contours, self.path, self.bottom, self.start]
        self.map = board(marks, self.scales, "intercept (units of y)", "slope", drawn_size(SIDE))
        for axis in self.map.axes:
            axis.grid_lines = "none"
        heights = {"x": bq.LinearScale(min=0.0, max=float(STEPS)), "y": bq.LogScale(min=0.3, max=3000.0)}
        self.curve = bq.Lines(x=[0], y=[1], scales=heights, colors=red, stroke_width=2)
        self.losses = board([self.curve], heights, "step", "loss (log scale)", (350, drawn_size(SIDE)[1]))
        self.losses.axes[1].tick_values = [1, 10, 100, 1000]
        self.losses.axes[1].tick_format = "~g"

    def draw_map(self, land: Landscape) -> None:
        """Draw the contours and fit the axes to the map."""
        low, high = land.middle() - land.reach, land.middle() + land.reach
        for place, name in enumerate(("x", "y")):
            self.scales[name].min, self.scales[name].max = float(low[place]), float(high[place])
            self.map.axes[place].tick_values = ticks(self.scales[name])
        with self.contours.hold_sync(), self.bottom.hold_sync():
            self.contours.x, self.contours.y = rounded_curves(land.contours())
            (self.bottom.x, self.bottom.y) = land.middle()[:, None]

    def draw_walk(self, path: np.ndarray, losses: np.ndarray) -> None:
        """Draw a path, (k, 2), and its losses, (k,), and put the start where the path begins."""
        with self.path.hold_sync(), self.start.hold_sync(), self.curve.hold_sync():
            self.path.x, self.path.y = path.T
            # A start being dragged is already there; setting it would pull it from the mouse.
            if np.abs(path[0] - [self.start.x[0], self.start.y[0]]).max() > 1e-3:
                (self.start.x, self.start.y) = path[0][:, None]
            self.curve.x, self.curve.y = np.arange(len(losses)), losses
