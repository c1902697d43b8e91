"""What `autograder.figures` reads from figures: lines and points of every kind, in data coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from autograder.checking.figures import Panel, draw_beside_another, read_figure

X = np.array([-2.0, 0.5, 3.0])
Y = 2 * X + 1


def panel_of(draw: Callable[[Any], Any]) -> Panel:
    figure = Figure()
    draw(figure.subplots())
    (panel,) = read_figure(figure).panels
    return panel


LEVEL = {
    "axhline": lambda ax: ax.axhline(1.5, ls="--"),
    "plot": lambda ax: ax.plot([0, 9], [1.5, 1.5], "--"),
    "plot with markers": lambda ax: ax.plot([0, 9], [1.5, 1.5], "o:"),
    "full": lambda ax: ax.plot(np.full(9, 1.5), linestyle="-."),
    "hlines": lambda ax: ax.hlines([0.2, 1.5], 0, 9, linestyles="dotted"),
    "axline by slope": lambda ax: ax.axline((0, 1.5), slope=0, ls="--"),
    "axline by points": lambda ax: ax.axline((0, 1.5), (2, 1.5), ls=(0, (1, 3))),
    "line collection": lambda ax: ax.add_collection(LineCollection([[(0, 1.5), (9, 1.5)]], linestyles="--")),
    "dashes": lambda ax: ax.plot([0, 9], [1.5, 1.5], dashes=[2, 2]),
}


@pytest.mark.parametrize("draw", LEVEL.values(), ids=LEVEL)
def test_a_dashed_level_is_found_however_it_is_drawn(draw: Callable[[Any], Any]) -> None:
    (line,) = panel_of(draw).levels(1.5)
    assert line.dashed


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.axhline(1.5),
        lambda ax: ax.plot([0, 9], [1.5, 1.5], linestyle="solid"),
        lambda ax: ax.hlines(1.5, 0, 9),
        lambda ax: ax.axline((0, 1.5), slope=0),
    ],
)
def test_a_solid_level_is_not_dashed(draw: Callable[[Any], Any]) -> None:
    (line,) = panel_of(draw).levels(1.5)
    assert not line.dashed


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.plot(X, Y),
        lambda ax: ax.plot(np.linspace(-2, 3), 2 * np.linspace(-2, 3) + 1),
        lambda ax: ax.plot([-9, 9], [-17, 19]),
        lambda ax: ax.axline((0, 1), slope=2),
        lambda ax: ax.axline((0, 1), (1, 3)),
        lambda ax: ax.add_collection(LineCollection([[(-2, -3), (3, 7)]])),
    ],
)
def test_a_line_is_known_by_its_slope_and_intercept(draw: Callable[[Any], Any]) -> None:
    panel = panel_of(draw)
    assert panel.has_line(2, 1, -2, 3)
    assert not panel.has_line(2, 1.1, -2, 3)
    assert not panel.has_line(2.1, 1, -2, 3)


def test_a_line_has_to_reach_along_the_data() -> None:
    assert not panel_of(lambda ax: ax.plot([0, 1], [1, 3])).has_line(2, 1, -2, 3)


def test_a_vertical_line_and_a_single_point_follow_nothing() -> None:
    panel = panel_of(lambda ax: (ax.axvline(2), ax.plot([1], [3]), ax.axline((0, 0), (0, 1))))
    assert len(panel.lines) == 3
    assert not any(line.follows(2, 1) for line in panel.lines)


POINTS = {
    "scatter": lambda ax: ax.scatter(X, Y),
    "scatter, reversed": lambda ax: ax.scatter(X[::-1], Y[::-1], c=X),
    "markers": lambda ax: ax.plot(X, Y, "o"),
    "markers on a line": lambda ax: ax.plot(X, Y, marker="."),
    "one call for each": lambda ax: [ax.plot(x, y, "r.") for x, y in zip(X, Y, strict=True)],
    "with others": lambda ax: (ax.scatter([7], [7]), ax.scatter(X, Y)),
}


@pytest.mark.parametrize("draw", POINTS.values(), ids=POINTS)
def test_points_are_found_however_they_are_drawn(draw: Callable[[Any], Any]) -> None:
    panel = panel_of(draw)
    assert panel.has_points(X, Y)
    assert not panel.has_points(X, Y + 0.1)


def test_points_that_a_line_joins_are_no_points() -> None:
    panel = panel_of(lambda ax: ax.plot(X, Y))
    assert not panel.has_points(X, Y) and panel.joins(X, Y)


def test_a_curve_is_known_by_its_values_over_any_x() -> None:
    losses = [4.0, 2.0, np.inf, np.nan]
    assert panel_of(lambda ax: ax.plot(losses)).has_curve(losses)
    assert panel_of(lambda ax: ax.semilogy([1, 2, 3, 4], losses, ".")).has_curve(losses)
    assert not panel_of(lambda ax: ax.plot(losses[:3])).has_curve(losses)
    assert panel_of(lambda ax: ax.plot(losses, range(4))).has_sideways(losses)


def test_what_is_invisible_is_not_drawn() -> None:
    assert panel_of(lambda ax: ax.plot(X, Y, visible=False)).is_empty
    assert panel_of(lambda ax: ax.plot(X, Y, ls="", marker="")).is_empty


def test_axes_on_one_another_are_one_panel() -> None:
    figure, axes = plt.subplots(1, 2)
    twin = axes[0].twinx()
    axes[0].plot(X, label="left")
    axes[0].set(xlabel="epoch", ylabel="w")
    twin.plot(Y)
    picture = read_figure(figure)
    plt.close(figure)
    assert len(picture.panels) == 2
    assert picture.find(X, Y) is picture.panels[0] and picture.panels[0].is_labelled
    assert picture.panels[0].lines[0].label == "left" and picture.panels[0].lines[1].label == ""


def test_labels_may_belong_to_the_whole_figure_and_may_not_be_blank() -> None:
    figure = Figure()
    first, second = figure.subplots(1, 2)
    for axes in (first, second):
        axes.plot(X)
    first.set_ylabel("  ")
    second.set_ylabel("loss")
    figure.supxlabel("epoch")
    picture = read_figure(figure)
    assert [panel.is_labelled for panel in picture.panels] == [False, True]


def test_one_label_for_both_axes_labels_neither() -> None:
    assert not panel_of(lambda ax: ax.set(xlabel="x", ylabel="x")).is_labelled


def test_a_picture_says_what_it_shows() -> None:
    figure = Figure()
    left, right, _ = figure.subplots(1, 3)
    left.plot(X)
    right.scatter(X, Y)
    right.plot(X, Y)
    right.axhline(0)
    assert str(read_figure(figure)) == "a figure with 2 panels: 1 line; 2 lines and 3 points"
    assert str(read_figure(Figure())) == "a figure with nothing drawn"


def test_a_picture_equals_only_what_shows_the_same() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.plot(X)
    before = read_figure(figure)
    assert before.equals(read_figure(figure))
    axes.plot(Y)
    assert not before.equals(read_figure(figure)) and not before.equals(None)


@pytest.mark.parametrize("value", [None, 3.0, "figure.png", [], np.zeros(2), object()])
def test_other_values_are_no_figures(value: Any) -> None:
    with pytest.raises(TypeError, match="not a figure"):
        read_figure(value)


def test_artists_without_vertices_are_passed_over() -> None:
    def draw(axes: Any) -> None:
        axes.fill_between(X, Y)
        axes.bar([1, 2], [3, 4])
        axes.imshow(np.zeros((2, 2)))
        axes.plot(X, Y)
        axes.annotate("here", (0, 0))
        axes.quiver([0], [0], [1], [1])

    assert len(panel_of(draw).lines) == 1


def test_a_figure_made_anew_has_the_number_after_the_one_that_was_open() -> None:
    def draw_anew() -> Figure:
        return plt.figure()

    def draw_on_the_current_one() -> Figure:
        return plt.gcf()

    before = plt.get_fignums()
    assert read_figure(draw_beside_another(7000, draw_anew)).number == 7001
    assert read_figure(draw_beside_another(8000, draw_on_the_current_one)).number == 8000
    assert read_figure(draw_beside_another(9000, Figure)).number == 0
    plt.close(7001)
    assert plt.get_fignums() == before
