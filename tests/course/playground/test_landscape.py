"""The landscape to walk on: the right path from any start, redrawn at once, and still where nobody walks."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.display.style import PALETTE
from course.playground import widget_or_still
from course.playground.landscape import (
    STEPS,
    STILLS,
    Landscape,
    explore_landscape,
    landscape_board,
    still_landscapes,
)

X = np.linspace(0, 10, 40)
Y = 2.5 + 1.7 * X + np.sin(7 * X)


@pytest.fixture
def maps() -> dict[bool, Landscape]:
    return {scaled: Landscape.over(X, Y, scaled) for scaled in (False, True)}


def loss_of(theta, scaled: bool) -> float:
    feature = (X - X.mean()) / X.std() if scaled else X
    return float(np.mean((theta[0] + theta[1] * feature - Y) ** 2))


@pytest.mark.parametrize("scaled", [False, True])
def test_a_path_begins_at_the_start_and_goes_downhill(maps, scaled):
    start = np.array([4.0, -1.0])
    path, losses = maps[scaled].walk(start, 0.01)
    assert path.shape == (STEPS + 1, 2) and losses.shape == (STEPS + 1,)
    np.testing.assert_array_equal(path[0], start)
    assert losses == pytest.approx([loss_of(theta, scaled) for theta in path])
    assert np.all(np.diff(losses) < 0)


def test_a_path_that_leaves_is_drawn_until_it_is_far_away(maps):
    path, losses = maps[False].walk(np.zeros(2), 0.2)
    assert 1 <= len(path) < 10 and np.isfinite(path).all() and np.isfinite(losses).all()
    assert "far away" in maps[False].caption(np.zeros(2), 0.2)
    assert "in 100 steps" in maps[False].caption(np.zeros(2), 0.01)


@pytest.mark.parametrize("scaled", [False, True])
def test_a_contour_joins_places_of_one_loss(maps, scaled):
    lowest = loss_of(maps[scaled].middle(), scaled)
    levels = []
    for curve in maps[scaled].contours():
        losses = [loss_of(theta, scaled) for theta in curve]
        assert losses == pytest.approx([losses[0]] * len(curve))
        levels.append(losses[0])
    assert lowest < levels[0] and levels == sorted(levels)


def controls(board):
    _, pictures, readout, first, second = board.children
    rate, scaled = first.children
    _, across, up = second.children
    contours, path, _, start = pictures.children[0].marks
    return {
        "rate": rate, "scaled": scaled, "across": across, "up": up, "readout": readout,
        "contours": contours, "path": path, "start": start, "curve": pictures.children[1].marks[0],
    }  # fmt: skip


def test_dragging_the_start_redraws_the_path(maps):
    found = controls(landscape_board(maps))
    found["start"].x, found["start"].y = np.array([5.0]), np.array([3.0])
    assert (found["across"].value, found["up"].value) == (5.0, 3.0)
    np.testing.assert_allclose([found["path"].x[0], found["path"].y[0]], [5.0, 3.0])
    assert "start (5.00, 3.00)" in found["readout"].value


def test_the_slider_and_the_keyboard_redraw_it_too(maps):
    found = controls(landscape_board(maps))
    found["rate"].value = 0.02
    np.testing.assert_allclose(found["path"].y, maps[False].walk(np.zeros(2), 0.02)[0][:, 1])
    found["across"].value = 1.5
    assert found["start"].x[0] == 1.5
    np.testing.assert_allclose(found["curve"].y, maps[False].walk(np.array([1.5, 0.0]), 0.02)[1])


def test_scaling_changes_the_map(maps):
    found = controls(landscape_board(maps))
    before = found["contours"].x.copy()
    found["scaled"].value = True
    assert not np.allclose(before, found["contours"].x)
    np.testing.assert_allclose(found["path"].x, maps[True].walk(np.zeros(2), 0.01)[0][:, 0])


def test_the_still_version_has_four_labelled_maps(maps):
    figure = still_landscapes(maps)
    assert len(figure.axes) == len(STILLS) == 4
    assert all(f"rate {rate}" in axis.get_title() for axis, (rate, _, _) in zip(figure.axes, STILLS, strict=True))
    assert figure.get_supxlabel() and figure.get_supylabel()
    path = next(line for line in figure.axes[0].get_lines() if line.get_color() == PALETTE["vermilion"])
    assert len(path.get_xdata()) == 101
    plt.close(figure)


def test_where_nobody_is_looking_it_says_what_would_be_seen(capsys):
    before = plt.get_fignums()
    explore_landscape(X, Y)
    assert capsys.readouterr().out.startswith("Figure: Four maps of the loss")
    assert plt.get_fignums() == before


def test_a_front_end_gets_the_board_and_the_words(monkeypatch):
    bundles: list[dict] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setattr(widget_or_still, "show_bundle", bundles.append)
    explore_landscape(X, Y)
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
    assert bundles[0]["text/plain"].startswith("Figure: Four maps")


def test_without_the_widget_library_the_maps_are_shown(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setitem(__import__("sys").modules, "bqplot", None)
    monkeypatch.setattr(widget_or_still, "show", lambda figure, alt: shown.append(alt))
    explore_landscape(X, Y)
    assert len(shown) == 1
    plt.close("all")


@pytest.mark.parametrize(
    ("x", "y", "named"),
    [([], [], "fewer than two"), ([1.0, 2.0], [1.0], "shape"), ([3.0, 3.0], [1.0, 2.0], "two different")],
)
def test_bad_input_is_refused_by_name(x, y, named):
    with pytest.raises(ValueError, match=named):
        explore_landscape(np.array(x), np.array(y))
