"""The board of the playgrounds: labelled axes with round ticks, and an inside of the size that was asked."""

from __future__ import annotations

import bqplot as bq
import numpy as np
import pytest

from course.playground.board import MARGIN, board, drawn_size, rounded_curves, ticks


def test_a_board_has_labelled_axes_and_round_ticks():
    scales = {"x": bq.LinearScale(min=-2.4, max=7.3), "y": bq.LogScale(min=1.0, max=100.0)}
    mark = bq.Lines(x=[0.0, 1.0], y=[1.0, 2.0], scales=scales)
    figure = board([mark], scales, "step", "loss", (300, 200))
    across, up = figure.axes
    assert (across.label, up.label, across.orientation, up.orientation) == (
        "step",
        "loss",
        "horizontal",
        "vertical",
    )
    assert across.tick_values.tolist() == [-2.0, 0.0, 2.0, 4.0, 6.0]
    assert (figure.layout.width, figure.layout.height) == ("300px", "200px")
    assert board([mark], scales, "step", "loss", ("54%", 200)).layout.width == "54%"


def test_the_inside_is_a_square():
    width, height = drawn_size(340)
    assert width - MARGIN["left"] - MARGIN["right"] == height - MARGIN["top"] - MARGIN["bottom"] == 340


def test_curves_become_the_rows_of_one_mark():
    x, y = rounded_curves([np.array([[0.0, 1.0], [1 / 3, 2.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])])
    assert x.tolist() == [[0.0, 0.3333], [5.0, 7.0]] and y.tolist() == [[1.0, 2.0], [6.0, 8.0]]


@pytest.mark.parametrize(
    ("low", "high"), [(-5.4, 5.4), (-7.2, 11.5), (-1, 51), (0, 23.9), (0, 0.0071), (100, 9000)]
)
def test_ticks_are_round_and_within(low, high):
    values = ticks(bq.LinearScale(min=low, max=high))
    assert 3 <= len(values) <= 8
    assert low <= values[0] and values[-1] <= high
    assert all(float(f"{value:.2g}") == pytest.approx(value) for value in values)
