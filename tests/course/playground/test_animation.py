"""The line that moves into place: the right numbers at each epoch, playable, and still where nothing plays."""

from __future__ import annotations

import time

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.data.line import line_data
from course.playground import animation, widget_or_still
from course.playground.animation import Descent, animate_line, line_player, still_frames


@pytest.fixture
def descent() -> Descent:
    return Descent.on(*line_data(), 0.01, 50)


def parts(player: widgets.VBox) -> dict[str, widgets.Widget]:
    _, pictures, readout, controls = player.children
    play, slider, pace = controls.children
    speed = pace.children[1]
    line = pictures.children[0].marks[1]
    dot = pictures.children[1].marks[1]
    return {"play": play, "slider": slider, "speed": speed, "readout": readout, "line": line, "dot": dot}


def test_it_starts_flat_and_turns_before_it_rises(descent):
    assert descent.path.shape == (51, 2) and descent.losses.shape == (51,)
    assert descent.line(0).tolist() == [0.0, 0.0]
    w, b = descent.path[8] / np.array([1.43103, 1.97781])
    assert w > 0.7 and b < 0.2
    assert round(descent.losses[0], 3) == 22.163


def test_scrubbing_changes_what_moves_and_nothing_else(descent):
    player = line_player(descent)
    found = parts(player)
    grades = [mark for picture in player.children[1].children for mark in picture.marks]
    found["slider"].value = 30
    assert [mark for picture in player.children[1].children for mark in picture.marks] == grades
    np.testing.assert_allclose(found["line"].y, descent.line(30))
    assert (found["dot"].x[0], found["dot"].y[0]) == (30, descent.losses[30])
    assert "epoch 30: w = 1.38" in found["readout"].value


def test_play_reaches_the_last_epoch_and_its_speed_can_be_chosen(descent):
    found = parts(line_player(descent))
    assert (found["play"].min, found["play"].max) == (found["slider"].min, found["slider"].max) == (0, 50)
    slow, normal, fast = animation.SPEEDS.values()
    assert found["play"].interval == normal and slow > normal > fast
    found["speed"].value = fast
    assert found["play"].interval == fast


def test_the_player_is_there_within_a_second(descent):
    line_player(descent)  # the libraries are loaded once in a kernel
    start = time.perf_counter()
    line_player(descent)
    assert time.perf_counter() - start < 0.5


def test_where_nobody_is_looking_it_says_what_would_be_seen(capsys):
    before = plt.get_fignums()
    animate_line(*line_data())
    out = capsys.readouterr().out
    assert out.startswith("Figure: 6 frames of a line") and "22.2 to 2.37" in out
    assert plt.get_fignums() == before


def test_a_front_end_gets_the_player_and_the_words(monkeypatch):
    bundles: list[dict] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setattr(widget_or_still, "show_bundle", bundles.append)
    animate_line(*line_data())
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
    assert bundles[0]["text/plain"].startswith("Figure: 6 frames")


def test_without_the_widget_library_the_frames_are_shown(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(widget_or_still, "interactive", lambda: True)
    monkeypatch.setitem(__import__("sys").modules, "bqplot", None)
    monkeypatch.setattr(widget_or_still, "show", lambda figure, alt: shown.append(alt))
    animate_line(*line_data())
    assert len(shown) == 1
    plt.close("all")


def test_the_still_version_has_six_labelled_frames(descent):
    figure = still_frames(descent)
    titles = [axis.get_title() for axis in figure.axes]
    assert len(titles) == 6
    assert titles[0].startswith("epoch 0:") and titles[-1].startswith("epoch 50:")
    assert figure.get_supxlabel() and figure.get_supylabel()
    np.testing.assert_allclose(figure.axes[3].get_lines()[1].get_ydata(), descent.line(18))
    plt.close(figure)


@pytest.mark.parametrize(
    ("X", "y", "rate", "named"),
    [
        ([], [], 0.01, "empty"),
        ([1.0, 2.0], [1.0], 0.01, "2 values"),
        ([[1.0]], [[1.0]], 0.01, "shape"),
        ([1.0], [1.0], -1, "rate is -1"),
    ],
)
def test_bad_input_is_refused_by_name(X, y, rate, named):
    with pytest.raises(ValueError, match=named):
        animate_line(np.array(X), np.array(y), rate=rate)


def test_one_point_can_be_drawn():
    figure = still_frames(Descent.on(np.array([2.0]), np.array([3.0]), 0.01, 5))
    figure.canvas.draw()
    assert len(figure.axes) == 6
    plt.close(figure)
