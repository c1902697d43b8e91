"""A figure is always shown with its words, and closed."""

from __future__ import annotations

import base64
import re
from html import unescape

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from course.display import figures, style


@pytest.fixture
def shown(monkeypatch) -> list[dict]:
    """What a person at a front end is shown."""
    bundles: list[dict] = []
    monkeypatch.setattr(figures, "interactive", lambda: True)
    monkeypatch.setattr(figures, "show_bundle", bundles.append)
    return bundles


def small_figure() -> Figure:
    figure, axis = plt.subplots(figsize=(2, 1))
    axis.plot([0, 1])
    return figure


def test_without_a_front_end_the_words_stand_alone(capsys):
    figures.show(small_figure(), "A rising line.")
    assert capsys.readouterr().out == "Figure: A rising line.\n"


def test_a_front_end_gets_a_picture_with_alt_text(shown):
    figures.show(small_figure(), 'A "rising" line, 1 < 2.')
    assert shown[0]["text/plain"] == 'Figure: A "rising" line, 1 < 2.'
    tag = shown[0]["text/html"]
    assert unescape(re.search(r'alt="([^"]*)"', tag)[1]) == 'A "rising" line, 1 < 2.'
    picture = base64.b64decode(re.search(r'base64,([^"]+)"', tag)[1])
    assert picture.startswith(b"\x89PNG")
    assert int(re.search(r'width="(\d+)"', tag)[1]) < int.from_bytes(picture[16:20], "big")


def test_the_figure_is_closed(shown):
    before = plt.get_fignums()
    figures.show(small_figure(), "A rising line.")
    assert plt.get_fignums() == before


def test_a_figure_that_is_not_pyplots_is_shown_too(shown):
    figure = Figure()
    figure.subplots().plot([1, 2])
    figures.show(figure, "Another line.")
    assert "<img" in shown[0]["text/html"]


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_figure_without_words_is_refused(alt):
    with pytest.raises(ValueError, match="alt is"):
        figures.show(Figure(), alt)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in mpl.colors.to_rgb(color)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("name", ["blue", "vermilion", "green", "grey", "ink"])
def test_the_colours_of_lines_stand_out_from_white(name):
    assert 1.05 / (luminance(style.PALETTE[name]) + 0.05) >= 3


def test_the_style_is_the_palette():
    with mpl.rc_context():
        style.use_style()
        cycle = [entry["color"] for entry in mpl.rcParams["axes.prop_cycle"]]
        assert cycle == list(style.PALETTE.values())[:6]
        assert mpl.rcParams["figure.facecolor"] == "white"
