"""The game: squares that are the residuals, a move for each drag, and gradient descent beside it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.playground import optimizer_game, widget_or_still
from course.playground.optimizer_game import RATE, Game, game_board, play_optimizer, still_game


def controls(board):
    across, up, bottom, again = board.children[3].children
    return {"across": across, "up": up, "bottom": bottom, "again": again, "readout": board.children[2]}


def drag(board, low: float, high: float) -> None:
    """As a browser tells it: the drag begins, the handles move; the last place comes after the end."""
    handles = board.scene.handles
    handles._drag_start_handlers(handles, {})
    handles.y = np.array([low / 2, high])
    handles._drag_end_handlers(handles, {})
    handles.y = np.array([low, high])


def test_a_square_stands_on_each_residual():
    game = Game()
    x, y = game.squares((1.0, 0.5))
    assert x.shape == y.shape == (12, 5)
    sides = np.abs(game.y - (1.0 + 0.5 * game.X))
    np.testing.assert_allclose(np.ptp(x, axis=1), sides)
    np.testing.assert_allclose(np.ptp(y, axis=1), sides)
    assert np.mean(sides**2) == pytest.approx(game.loss((1.0, 0.5)))
    wide = Game().squares((0.0, 0.0))[0]
    assert wide.min() > -0.5 and wide.max() <= optimizer_game.EXTENT


def test_the_lowest_loss_is_that_of_least_squares():
    game = Game()
    slope, intercept = np.polyfit(game.X, game.y, 1)
    np.testing.assert_allclose(game.lowest(), [intercept, slope])


def test_each_drag_is_one_move_and_one_step_of_descent():
    game = Game()
    board = game_board(game)
    drag(board, 2.0, 7.0)
    drag(board, 2.5, 7.0)
    slope = (7.0 - 2.5) / 8.8
    assert len(game.moves) == 3
    assert game.moves[-1] == pytest.approx((2.5 - 0.6 * slope, slope), abs=1e-3)
    assert board.scene.theirs.x.shape == board.scene.yours.x.shape == (3,)
    assert "after 2 moves" in controls(board)["readout"].value
    assert (controls(board)["across"].value, controls(board)["up"].value) == pytest.approx(
        game.moves[-1], abs=0.01
    )


def test_a_click_that_moves_nothing_is_counted_once():
    game = Game()
    board = game_board(game)
    for _ in range(3):
        board.scene.handles._drag_start_handlers(board.scene.handles, {})
    assert len(game.moves) == 2


def test_a_slider_is_a_move_and_takes_the_handles_along():
    game = Game()
    board = game_board(game)
    controls(board)["up"].value = 0.6
    assert game.moves == [(0.0, 0.0), (0.0, 0.6)]
    np.testing.assert_allclose(board.scene.handles.y, [0.36, 5.64])


def test_descent_starts_with_the_player_and_follows_the_slope():
    game = Game(moves=[(1.0, 1.0), (2.0, 0.5), (2.0, 0.4)])
    path = game.descent()
    residuals = 1.0 + game.X - game.y
    step = RATE * 2 * np.array([residuals.mean(), (residuals * game.X).mean()])
    np.testing.assert_allclose(path[:2], [[1.0, 1.0], np.array([1.0, 1.0]) - step])
    assert path.shape == (3, 2)


def test_begin_again_and_show_the_lowest():
    game = Game()
    board = game_board(game)
    drag(board, 2.0, 7.0)
    found = controls(board)
    found["bottom"].value = True
    assert board.scene.bottom.visible
    found["again"].click()
    assert game.moves == [(0.0, 0.0)] and "after 0 moves" in found["readout"].value
    np.testing.assert_allclose(board.scene.handles.y, [0.0, 0.0])


def test_the_still_version_has_both_lines_and_the_path():
    figure = still_game(Game())
    left, right = figure.axes
    assert len(left.patches) == 24 and len(left.get_lines()) == 3
    assert left.get_xlabel() and left.get_ylabel() and right.get_xlabel() and right.get_ylabel()
    assert len(right.get_lines()[0].get_xdata()) == 200
    plt.close(figure)


def test_where_nobody_is_looking_it_says_what_would_be_seen(capsys):
    play_optimizer()
    assert capsys.readouterr().out.startswith("Figure: Left, a dozen points")
    assert plt.get_fignums() == []


def test_a_front_end_gets_the_game_and_the_words(monkeypatch):
    bundles: list[dict] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setattr(widget_or_still, "show_bundle", bundles.append)
    play_optimizer()
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
    assert bundles[0]["text/plain"].startswith("Figure: Left")


def test_without_the_widget_library_the_picture_is_shown(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setitem(__import__("sys").modules, "bqplot", None)
    monkeypatch.setattr(widget_or_still, "show", lambda figure, alt: shown.append(alt))
    play_optimizer()
    assert len(shown) == 1
    plt.close("all")
