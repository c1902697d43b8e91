"""You are the optimizer: drag a line towards the lowest loss, in a race with gradient descent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from course.display.style import PALETTE

from .board import assemble, board, drawn_size, wrapping_row
from .playground_math import descent_path, level_curve, line_matrix, squared_loss
from .widget_or_still import show_widget_or_still

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Game", "game_board", "play_optimizer", "still_game"]

# A dozen points: few enough to tell their squares apart.
POINTS_X = np.arange(12) * 0.8 + 0.6
POINTS_Y = np.array([2.9, 1.8, 3.6, 3.1, 4.9, 3.8, 5.2, 6.6, 5.5, 6.1, 7.9, 6.9])
EXTENT = 10.0  # of both axes, in units of x and y: equal, so that a square looks square
SIDE = 340  # pixels of the picture, in both directions
RATE = 0.02
ALT = (
    "Left, a dozen points and two lines: the flat line on the x axis, from which the game starts, with a square "
    "drawn on each residual, and the best line, whose squares are small. Right, the path of gradient descent "
    "over intercept and slope: a few long steps up and down to a slope of about 0.85, then many small ones to the "
    "right and a little down, towards the lowest loss."
)


@dataclass
class Game:
    """A game: the points `X` and `y`, both (n,), and every line the player has tried, as (intercept, slope)."""

    X: np.ndarray = field(default_factory=POINTS_X.copy)
    y: np.ndarray = field(default_factory=POINTS_Y.copy)
    moves: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 0.0)])

    def matrix(self) -> np.ndarray:
        """The (n, 2) matrix whose product with a line, (2,), is the line's y at each x."""
        return line_matrix(self.X)[:, ::-1]

    def loss(self, line: tuple[float, float]) -> float:
        """The mean squared residual of a line."""
        return float(squared_loss(self.matrix(), self.y, np.array([line]))[0])

    def lowest(self) -> np.ndarray:
        """The best line, (2,)."""
        return level_curve(self.matrix(), self.y, 0.0, 1)[0]

    def descent(self) -> np.ndarray:
        """The path of gradient descent from the first line, one step for each move, (moves, 2)."""
        return descent_path(self.matrix(), self.y, RATE, len(self.moves) - 1, np.array(self.moves[0]))

    def squares(self, line: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """The corners of a square on each residual as x and y, both (n, 5), the first corner repeated.

        A square that would leave the picture on the right opens to the left.
        """
        heights = self.matrix() @ np.array(line)
        sides = self.y - heights
        away = np.abs(sides) * np.where(self.X + np.abs(sides) > EXTENT, -1, 1)
        x = np.stack([self.X, self.X + away, self.X + away, self.X, self.X], axis=1)
        y = np.stack([heights, heights, self.y, self.y, heights], axis=1)
        return x, y

    def begin_move(self) -> None:
        """Start a move where the last one ended; if the last one went nowhere, continue it."""
        if len(self.moves) < 2 or self.moves[-1] != self.moves[-2]:
            self.moves.append(self.moves[-1])

    def caption(self) -> str:
        """Return, as HTML, how the player and gradient descent are doing."""
        line, moves = self.moves[-1], len(self.moves) - 1
        theirs = self.loss(tuple(self.descent()[-1]))
        counted = f"{moves} {'move' if moves == 1 else 'moves'}"
        return (
            f"intercept {line[0]:.2f}, slope {line[1]:.2f}"
            f"<br>● you: loss <b>{self.loss(line):.3f}</b> after {counted}"
            f"<br>■ gradient descent, dashed: loss <b>{theirs:.3f}</b> after as many"
        )


def play_optimizer() -> None:
    """Show the game where widgets are drawn, a still picture of it elsewhere."""
    show_widget_or_still(lambda: game_board(Game()), lambda: still_game(Game()), ALT)


def still_game(game: Game) -> Figure:
    """Draw the first line and the best one with their squares, and the path of gradient descent."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 4.6), layout="constrained")
    best = game.lowest()
    for line, color, style, name in (
        (game.moves[0], "grey", "--", "first line"),
        ((best[0], best[1]), "blue", "-", "best line"),
    ):
        for corners in zip(*game.squares(line), strict=True):
            left.fill(*corners, facecolor=PALETTE[color], edgecolor=PALETTE[color], alpha=0.25)
        ends = np.array([0.0, EXTENT])
        left.plot(ends, line[0] + line[1] * ends, style, color=PALETTE[color], label=name)
    left.plot(game.X, game.y, "o", color=PALETTE["ink"], markersize=5, label="data")
    left.set(
        xlabel="feature x (no unit)", ylabel="target y (no unit)", xlim=(0, EXTENT), ylim=(-0.5, EXTENT - 0.5)
    )
    left.set_aspect("equal")
    left.legend(loc="upper left")
    path = Game(game.X, game.y, game.moves[:1] * 200).descent()
    right.plot(*path.T, "s-", color=PALETTE["vermilion"], markersize=3.5, linewidth=1, label="gradient descent")
    right.plot(*best, "k+", markersize=11, label="lowest loss")
    right.set(xlabel="intercept (units of y)", ylabel="slope (units of y per unit of x)")
    right.legend(loc="lower right")
    return figure


def game_board(game: Game) -> Any:
    """Make the widget: the points with the line to drag, both paths beside it, the numbers and the controls."""
    import ipywidgets as widgets

    scene, readout = _Scene(game), widgets.HTML()
    across, up, bottom, again = _controls()
    following = False

    def draw() -> None:
        nonlocal following
        following = True  # the handles and sliders now follow the line, which is not a move by the player
        scene.draw_line(game, game.moves[-1])
        scene.draw_paths(game)
        across.value, up.value = game.moves[-1]
        following = False
        readout.value = game.caption()

    def slid(change: Any) -> None:
        if not following:
            game.begin_move()
            game.moves[-1] = (across.value, up.value)
            draw()

    def dragged(change: Any) -> None:
        # A handle's last position arrives after the message that ends its drag, but still belongs to that drag.
        if not following:
            game.moves[-1] = scene.line()
            draw()

    def restart(_: Any) -> None:
        del game.moves[1:]
        draw()

    scene.handles.on_drag_start(lambda *_: game.begin_move())
    scene.handles.observe(dragged, "y")
    across.observe(slid, "value")
    up.observe(slid, "value")
    bottom.observe(lambda change: setattr(scene.bottom, "visible", change["new"]), "value")
    again.on_click(restart)
    draw()
    pictures, controls = wrapping_row(scene.picture, scene.plane), wrapping_row(across, up, bottom, again)
    widget = assemble(pictures, readout, controls)
    widget.scene = scene
    return widget


def _controls() -> tuple[Any, Any, Any, Any]:
    """Make the sliders for intercept and slope and the two buttons."""
    import ipywidgets as widgets

    across, up = (
        widgets.FloatSlider(min=low, max=high, step=0.01, description=name, continuous_update=False)
        for name, low, high in (("intercept", -2.0, 10.0), ("slope", -1.0, 2.0))
    )
    bottom = widgets.ToggleButton(description="Show the lowest loss", layout=widgets.Layout(width="auto"))
    again = widgets.Button(description="Begin again", layout=widgets.Layout(width="auto"))
    return across, up, bottom, again


class _Scene:
    """The marks in both pictures: the points with the line, and the plane of intercept and slope."""

    def __init__(self, game: Game) -> None:
        import bqplot as bq

        scales = {"x": bq.LinearScale(min=0.0, max=EXTENT), "y": bq.LinearScale(min=-0.5, max=EXTENT - 0.5)}
        blue, red = [PALETTE["blue"]], [PALETTE["vermilion"]]
        self.squares = bq.Lines(
            x=[0], y=[0], scales=scales, colors=red, fill="inside", fill_opacities=[0.2] * 12, stroke_width=1
        )
        self.straight = bq.Lines(x=[0.0, EXTENT], y=[0.0, 0.0], scales=scales, colors=blue, stroke_width=3)
        points = bq.Scatter(x=game.X, y=game.y, scales=scales, colors=[PALETTE["ink"]], default_size=40)
        self.handles = bq.Scatter(x=[0.6, 9.4], y=[0.0, 0.0], scales=scales, colors=blue, default_size=260)
        self.handles.enable_move = self.handles.restrict_y = self.handles.update_on_move = True
        marks = [self.squares, self.straight, points, self.handles]
        self.picture = board(marks, scales, "feature x (no unit)", "target y (no unit)", drawn_size(SIDE))
        plane = {"x": bq.LinearScale(min=-1.0, max=5.0), "y": bq.LinearScale(min=-0.2, max=1.4)}
        self.yours, self.theirs = (
            bq.Lines(x=[0], y=[0], scales=plane, colors=[PALETTE[color]], line_style=style, marker=marker)
            for color, style, marker in (("blue", "solid", "circle"), ("vermilion", "dashed", "square"))
        )
        for mark, name in ((self.yours, "you"), (self.theirs, "gradient descent")):
            mark.labels, mark.marker_size, mark.stroke_width = [name], 28, 1.5
        best = game.lowest()
        self.bottom = bq.Scatter(x=best[:1], y=best[1:], scales=plane, colors=[PALETTE["ink"]], marker="cross")
        self.bottom.visible = False
        paths = [self.theirs, self.yours, self.bottom]
        self.plane = board(paths, plane, "intercept (units of y)", "slope", (350, drawn_size(SIDE)[1]))

    def line(self) -> tuple[float, float]:
        """The line through both handles as (intercept, slope), rounded to four decimals."""
        (left, right), (low, high) = self.handles.x, self.handles.y
        slope = float((high - low) / (right - left))
        return round(float(low) - slope * float(left), 4), round(slope, 4)

    def draw_line(self, game: Game, line: tuple[float, float]) -> None:
        """Draw a line, its handles and its squares."""
        at = np.array(line)
        with self.squares.hold_sync():
            self.squares.x, self.squares.y = game.squares(line)
        self.straight.y = at[0] + at[1] * np.array([0.0, EXTENT])
        if self.line() != line:
            self.handles.y = at[0] + at[1] * np.asarray(self.handles.x)

    def draw_paths(self, game: Game) -> None:
        """Draw the lines the player has tried, and gradient descent after as many steps."""
        for mark, path in ((self.yours, np.array(game.moves)), (self.theirs, game.descent())):
            with mark.hold_sync():
                mark.x, mark.y = path.T
