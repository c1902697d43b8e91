"""Draw figures of many kinds, as Matplotlib does or as it does in the sandbox: `drawn_figures.py [spared] SEEDS`.

Prints the digest of each figure's pixels by name, as JSON, and after them those of so many figures made at random.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import pickle
import sys
import warnings
from datetime import datetime, timedelta

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from autograder.sparing import one_drawing, spare

FIGURES = {}
x = np.linspace(0, 3, 40)


def figure(make):
    FIGURES[make.__name__] = make
    return make


def pixels(drawn) -> bytes:
    canvas = FigureCanvasAgg(drawn)
    with one_drawing():
        canvas.draw()
    return bytes(canvas.buffer_rgba())


@figure
def plain():
    drawn, axes = plt.subplots(1, 3)
    axes[0].plot(x, x**2, label="$x^2$")
    axes[0].legend()
    axes[1].scatter(x, np.sin(x))
    axes[2].set(xlabel="epoch", ylabel="loss", title="A title")
    return drawn


@figure
def constrained():
    drawn, axes = plt.subplots(2, 2, layout="constrained", sharex=True)
    for place, axis in enumerate(axes.flat):
        axis.plot(x * 10**place, 1e6 + x * 10.0**-place, label=f"line {place}")
        axis.set(xlabel="x", ylabel="y", title="long title " * place)
        axis.legend()
    drawn.suptitle("All")
    return drawn


@figure
def tight():
    drawn, axes = plt.subplots(1, 2, figsize=(5, 2), layout="tight")
    axes[0].plot(x * 1e5)
    axes[1].tick_params(rotation=30)
    return drawn


@figure
def logarithmic():
    drawn, axes = plt.subplots(1, 3, layout="constrained")
    axes[0].semilogy(x, np.exp(-9 * x))
    axes[1].loglog(1 + x, 1e-12 + x)
    axes[1].grid(True, which="both", linestyle=":")
    axes[2].set_xscale("symlog")
    axes[2].plot(x - 1, x)
    return drawn


@figure
def styles_left_behind():
    with plt.style.context("ggplot"):
        drawn, axes = plt.subplots(1, 2)
        axes[0].plot(x)
    with mpl.rc_context({"xtick.color": "red", "ytick.labelsize": 20, "ytick.direction": "in", "axes.grid": True}):
        axes[1].clear()
    axes[1].tick_params(colors="blue", axis="y")
    return drawn


@figure
def settings_changed_between():
    drawn, axes = plt.subplots()
    pixels(drawn)
    with mpl.rc_context({"xtick.color": "red", "xtick.major.size": 20}):
        axes.set_xticks(np.arange(0, 1, 0.05))
        pixels(drawn)
    axes.set_xticks(np.arange(0, 1, 0.03))
    return drawn


@figure
def single_ticks_dressed():
    drawn, axes = plt.subplots()
    axes.plot(x)
    axes.get_xticklabels()[1].set(color="red", fontsize=20, bbox={"facecolor": "yellow"}, rotation=45)
    axes.xaxis.get_major_ticks()[2].tick1line.set(markersize=30, color="green")
    axes.yaxis.get_major_ticks()[0].label1.set_visible(False)
    axes.yaxis.get_major_ticks()[1].gridline.set(visible=True, color="orange")
    return drawn


@figure
def first_tick_dressed():
    drawn, axes = plt.subplots()
    axes.xaxis.get_major_ticks()[0].label1.set(color="red", fontweight="bold")
    axes.yaxis.get_major_ticks()[0].tick1line.set(markersize=30, markeredgecolor="green")
    axes.plot(x)
    return drawn


@figure
def parameters():
    drawn, axes = plt.subplots(2, 2)
    axes[0, 0].tick_params(length=10, width=3, colors="r", grid_color="g", grid_alpha=0.5, labelrotation=90)
    axes[0, 0].grid()
    axes[0, 1].tick_params(reset=True, which="both", top=True, labeltop=True, direction="inout", pad=9)
    axes[0, 1].minorticks_on()
    axes[1, 0].xaxis.tick_top()
    axes[1, 0].yaxis.set_ticks_position("right")
    axes[1, 0].invert_yaxis()
    axes[1, 1].spines[["left", "bottom"]].set_position("zero")
    axes[1, 1].set(xlim=(-1, 1), ylim=(-2, 2))
    axes[1, 1].grid(True, linestyle="--")
    return drawn


@figure
def clipped():
    drawn, axes = plt.subplots()
    axes.grid(True, linewidth=5)
    circle = plt.Circle((0.5, 0.5), 0.3, transform=axes.transAxes)
    axes.add_patch(circle)
    axes.xaxis.set_clip_path(circle)
    return drawn


@figure
def other_axes():
    drawn = plt.figure()
    drawn.add_subplot(221, projection="polar").plot(x, x)
    drawn.add_subplot(222, projection="3d").plot(x, x, x)
    third = drawn.add_subplot(223)
    third.twinx().plot(x**3, "r")
    drawn.colorbar(third.imshow(np.outer(x, x)), ax=third)
    fourth = drawn.add_subplot(224, aspect="equal")
    fourth.inset_axes([0.5, 0.5, 0.4, 0.4]).plot(x)
    fourth.secondary_xaxis("top", functions=(lambda v: 2 * v, lambda v: v / 2))
    return drawn


@figure
def labels_of_other_kinds():
    drawn, axes = plt.subplots(1, 3, figsize=(9, 3), layout="constrained")
    axes[0].bar(["one", "two", "three"], [1, 2, 3])
    axes[1].plot([datetime(2026, 1, 1) + timedelta(days=3 * day) for day in range(40)], x)
    axes[1].tick_params("x", rotation=60)
    axes[2].set_xticks([0, 1], ["$\\alpha_1$", "long\nlabel"], rotation=20, ha="right")
    axes[2].yaxis.set_major_formatter(lambda value, place: f"{value:.1f} at {place}")
    axes[2].set_title("a title that is wrapped " * 5, wrap=True)
    return drawn


@figure
def parts_of_a_figure():
    drawn = plt.figure(layout="constrained", figsize=(8, 4))
    left, right = drawn.subfigures(1, 2)
    left.subplots(2, 1, sharex=True)[0].plot(1e9 + x)
    right.subplots().hist(x, bins=7)
    right.supxlabel("below")
    drawn.align_labels()
    return drawn


@figure
def drawn_again():
    drawn, axes = plt.subplots(layout="constrained")
    axes.plot(x)
    pixels(drawn)
    axes.set(xlim=(0, 1000), ylabel="more")
    pixels(drawn)
    axes.cla()
    axes.semilogy(1 + x)
    drawn.set_size_inches(4, 7)
    drawn.set_dpi(70)
    return drawn


@figure
def copied():
    drawn = copy.deepcopy(constrained())
    drawn.axes[0].set_xlim(0, 7)
    return drawn


@figure
def pickled():
    return pickle.loads(pickle.dumps(logarithmic()))


@figure
def turned_markers():
    drawn, axes = plt.subplots()
    turned = mpl.markers.MarkerStyle("^", fillstyle="left").rotated(deg=30)
    axes.plot(x, marker=turned, markersize=20, markevery=9)
    axes.plot(x + 1, marker=turned.scaled(2), markersize=20, markevery=9)
    axes.legend(["one", "two"])
    return drawn


SETTINGS = [
    {"xtick.color": "red", "ytick.major.size": 12},
    {"axes.grid": True, "grid.linestyle": ":"},
    {"xtick.direction": "in", "ytick.labelsize": 20},
    {"xtick.minor.visible": True, "axes.titley": 0.5},
    {"font.size": 6, "axes.spines.top": False},
]
DEEDS = [
    lambda axes: axes.tick_params(length=8, colors="r", labelrotation=40),
    lambda axes: axes.tick_params(reset=True, which="both", right=True, labelright=True),
    lambda axes: axes.tick_params("x", which="minor", length=9),
    lambda axes: axes.grid(),
    lambda axes: axes.grid(True, which="both", axis="y", color="g"),
    lambda axes: axes.minorticks_on(),
    lambda axes: axes.set_yscale("log"),
    lambda axes: axes.set_xscale("linear"),
    lambda axes: axes.plot(x, 1 + x),
    lambda axes: axes.set(xlim=(-2, 5), xlabel="x"),
    lambda axes: axes.cla(),
    lambda axes: axes.invert_xaxis(),
    lambda axes: axes.spines["left"].set_position(("outward", 12)),
    lambda axes: axes.yaxis.tick_right(),
    lambda axes: axes.set_xticks([0, 1, 2], ["a", "b", "$c$"]),
    lambda axes: axes.set_title("a title"),
    lambda axes: axes.get_xticklabels()[0].set_color("blue"),
    lambda axes: axes.yaxis.get_major_ticks()[0].tick1line.set_markersize(15),
    lambda axes: axes.yaxis.get_ticklabels(which="both"),
    lambda axes: axes.twinx().plot(x * 100),
    lambda axes: axes.xaxis.set_visible(False),
    lambda axes: axes.label_outer(),
    lambda axes: axes.ticklabel_format(style="sci", scilimits=(0, 0), axis="x"),
    lambda axes: axes.xaxis.reset_ticks(),
    lambda axes: axes.locator_params(nbins=3, axis="x"),
    lambda axes: axes.xaxis.set_clip_path(axes.patch),
    lambda axes: pixels(axes.figure),
    lambda axes: axes.figure.set_dpi(60),
]


def at_random(seed: int):
    """Draw what a row of deeds makes of two axes, some of them done under other settings."""
    draw = np.random.default_rng(seed)

    def settings():
        return mpl.rc_context(SETTINGS[draw.integers(len(SETTINGS))] if draw.random() < 0.4 else {})

    with settings():
        drawn, axes = plt.subplots(
            1, 2, figsize=(5, 3), sharey=bool(seed % 2), layout=[None, "constrained", "tight"][seed % 3]
        )
    for _ in range(draw.integers(1, 9)):
        with settings(), contextlib.suppress(AttributeError):  # a scale of what is no number
            DEEDS[draw.integers(len(DEEDS))](axes[draw.integers(2)])
    with settings():
        return pixels(drawn)


if __name__ == "__main__":
    mpl.use("agg")
    warnings.simplefilter("ignore")
    if "spared" in sys.argv:
        spare()
    seeds = int(sys.argv[-1])
    digests = {}
    for name, make in FIGURES.items():
        np.random.seed(0)
        digests[name] = hashlib.sha256(pixels(make())).hexdigest()
        plt.close("all")
    for seed in range(seeds):
        digests[f"seed {seed}"] = hashlib.sha256(at_random(seed)).hexdigest()
        plt.close("all")
    print(json.dumps(digests))
