"""The check of `plot_training` in lesson 1: what the three panels show, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.figures import Panel, Picture, draw_beside_another, read_figure
from autograder.checking.mistakes import away_from_zero, changed, nothing, readable

from .line_data import LineData, Run

TIME = {"epoch", "epochs", "iteration", "iterations", "step", "steps"}


@check(
    "changes_argument",
    returns_nothing="The function shows a figure, perhaps, but hands nothing back: the Figure itself is asked.",
    figure_and_axes_returned="More than the Figure comes back: the axes belong to it and need not be returned.",
    axes_returned="The axes come back where the Figure that holds them is asked.",
    figure_reused="A second call draws on the figure of the first: make a new figure in every call.",
    panels_share_axes="Different quantities are drawn over one another: give each of the three its own panel.",
    drawn_sideways="An axis is exchanged: the epochs belong on the x axis.",
    points_joined="The data are joined by a line from sample to sample: draw them as points.",
    panel_missing="Of the three panels (loss, parameters, data) at least one does not show what it should.",
    true_values_missing="Nothing in the parameters' panel shows where w and b should arrive.",
    true_values_solid="The true values look like the curves: give them a style that is not solid.",
    learned_line_wrong_epoch="The learned line is one of an earlier epoch: which entry holds where the run ended?",
    learned_line_refitted="The learned line was fitted anew: the history holds where this run ended.",
    learned_line_swapped="In the learned line, slope and intercept have changed roles.",
    learned_line_missing="The line that the run has learned is not drawn over the data.",
    true_line_missing="The line from which the data were made is not drawn over the data.",
    line_too_short="A line ends in the middle of the data: it has to reach from the smallest x to the largest.",
    unlabelled_axis="An axis has no label of its own: each axis of each panel has to say what it shows.",
    labels_exchanged="On one panel the labels of the two axes have changed places.",
)
def check_plot_training(plot_training: Any) -> Iterator[Finding]:
    """plot_training(history, X, y, true_w, true_b) is a Figure with three panels: loss, parameters, data."""
    rng = generator()
    first = Scene.drawn(rng, plot_training)
    if first.is_new and first.is_as_asked():  # a figure takes most of a check's time: one may be enough
        yield first.finding(True, "a Figure of its own with the three panels")
        return
    second = Scene.drawn(rng, plot_training)
    for scene in (first, second):
        yield scene.finding(scene.picture is not None, "a Figure")
    if first.picture is None or second.picture is None:
        return
    untouched = (
        not first.is_borrowed
        and first.picture.equals(_picture(first.call.value))
        and not first.is_also_in(second.picture)
    )
    yield second.finding(untouched, "a figure of its own for each call", {"figure_reused": not untouched})
    if untouched:
        for scene in (first, second):
            yield scene.finding(scene.shows_loss(), "a panel with the loss over the epochs", part="loss")
            yield scene.finding(
                scene.shows_parameters(), "w and b with their true values dashed", part="parameters"
            )
            yield scene.finding(scene.shows_data(), "the data with the true and the learned line", part="data")


def _picture(value: Any) -> Picture | None:
    try:
        return read_figure(value)
    except TypeError:
        return None


def _run(rng: np.random.Generator, epochs: int) -> tuple[Run, LineData, tuple[float, float]]:
    """Draw data around a line and follow a run that ends well before the best line."""
    true = away_from_zero(rng), readable(3 * away_from_zero(rng))
    X = rng.uniform(-5, 5, 30)
    data = LineData(X, true[0] * X + true[1] + rng.normal(0, 1, 30))
    return data.descend(readable(0.04 * data.largest_rate()), epochs), data, true


@dataclass(frozen=True)
class Scene:
    """One call of plot_training, made while another figure is open: its run, and what its own figure shows."""

    call: Call
    picture: Picture | None
    data: LineData
    run: Run
    true: tuple[float, float]
    another: int  # the number of the figure that was open

    @classmethod
    def drawn(cls, rng: np.random.Generator, plot_training: Any) -> Scene:
        """Have a run plotted."""
        run, data, true = _run(rng, int(rng.integers(9, 30)))
        another = int(rng.integers(1_000, 1_000_000))

        def plot(*arguments: Any) -> Any:
            return draw_beside_another(another, plot_training, *arguments)

        call = Call(plot, {"loss": run.loss, "w": run.w, "b": run.b}, data.X, data.y, *true)
        call.called = f"plot_training(history, X, y, {true[0]}, {true[1]}), a run of {len(run.loss)} epochs"
        return cls(call, _picture(call.value), data, run, true, another)

    @property
    def is_new(self) -> bool:
        """Surely: pyplot made the figure during this call."""
        return self.picture is not None and self.picture.number == self.another + 1

    @property
    def is_borrowed(self) -> bool:
        """It was drawn on the figure that happened to be open."""
        return self.picture is not None and self.picture.number == self.another

    def finding(self, ok: bool, expected: str, slips: dict[str, Any] | None = None, part: str = "") -> Finding:
        """Put into words whether the figure is as asked; what came back is told by what it shows."""
        finding = self.call.satisfies(ok, expected, part=part)
        if finding.ok:
            return finding
        finding = self.call.satisfies(ok, expected, slips or self._slips(), part=part)
        return finding if self.picture is None else replace(finding, got=str(self.picture))

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels on which something is drawn."""
        return () if self.picture is None else tuple(panel for panel in self.picture.panels if not panel.is_empty)

    def has_loss(self, panel: Panel) -> bool:
        return panel.has_curve(self.run.loss)

    def has_parameters(self, panel: Panel) -> bool:
        return panel.has_curve(self.run.w) and panel.has_curve(self.run.b)

    def has_data(self, panel: Panel) -> bool:
        return panel.has_points(self.data.X, self.data.y)

    def is_also_in(self, picture: Picture) -> bool:
        """Say whether another call's figure shows this one's run or data."""
        return any(self.has_loss(panel) or self.has_data(panel) for panel in picture.panels)

    def is_as_asked(self) -> bool:
        """The call left its arguments alone, and its figure has all three panels."""
        return self.shows_loss() and self.shows_parameters() and self.shows_data() and not self.call.changed

    def shows_loss(self) -> bool:
        """A labelled panel has the loss, and nothing that belongs on the others."""
        return any(
            is_well_labelled(panel) and not self.has_parameters(panel) and not self.has_data(panel)
            for panel in self.panels
            if self.has_loss(panel)
        )

    def shows_parameters(self) -> bool:
        """A labelled panel of their own has both parameters and both true values, not solid."""
        return any(
            is_well_labelled(panel)
            and not self.has_loss(panel)
            and not self.has_data(panel)
            and all(any(line.dashed for line in panel.levels(value)) for value in self.true)
            for panel in self.panels
            if self.has_parameters(panel)
        )

    def shows_data(self) -> bool:
        """A labelled panel of their own has the points and both lines, all along the data."""
        return any(
            is_well_labelled(panel)
            and not self.has_loss(panel)
            and not self.has_parameters(panel)
            and all(self._reaches(panel, *line) for line in (self.true, self.learned))
            for panel in self.panels
            if self.has_data(panel)
        )

    @property
    def learned(self) -> tuple[float, float]:
        """The line on which the run ended."""
        return self.run.w[-1], self.run.b[-1]

    def _reaches(self, panel: Panel, slope: float, intercept: float) -> bool:
        return panel.has_line(slope, intercept, float(self.data.X.min()), float(self.data.X.max()))

    def _slips(self) -> dict[str, Any]:
        """What is wrong with the figure, whichever panel is asked about."""
        w_b = [panel for panel in self.panels if self.has_parameters(panel)]
        data = [panel for panel in self.panels if self.has_data(panel)]
        loss = [panel for panel in self.panels if self.has_loss(panel)]
        lines = [line for panel in data for line in panel.lines]
        earlier = [self.run.start, *zip(self.run.w[:-1], self.run.b[:-1], strict=True)]
        levels = [[line for panel in w_b for line in panel.levels(value)] for value in self.true]

        def drawn(slope: float, intercept: float) -> bool:
            return any(line.follows(slope, intercept) for line in lines)

        short = [line for line in (self.true, self.learned) if drawn(*line) and not self._reaches(data[0], *line)]
        return {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "figure_and_axes_returned": lambda call: _picture(call.value[0]) is not None,
            "axes_returned": lambda call: any(hasattr(item, "get_xlabel") for item in _flat(call.value)),
            "panels_share_axes": bool(w_b and data and loss)
            and len({id(panel) for panel in w_b + data + loss}) < 3,
            "drawn_sideways": any(panel.has_sideways(self.run.loss) for panel in self.panels),
            "points_joined": not data and any(panel.joins(self.data.X, self.data.y) for panel in self.panels),
            "panel_missing": bool(self.panels) and not (w_b and data and loss),
            "true_values_missing": bool(w_b) and not all(levels),
            "true_values_solid": all(levels) and not all(any(line.dashed for line in drawn) for drawn in levels),
            "learned_line_wrong_epoch": not drawn(*self.learned) and any(drawn(*line) for line in earlier),
            "learned_line_refitted": not drawn(*self.learned) and drawn(*map(float, self.data.best())),
            "learned_line_swapped": not drawn(*self.learned) and drawn(*self.learned[::-1]),
            "learned_line_missing": bool(data) and not drawn(*self.learned),
            "true_line_missing": bool(data) and not drawn(*self.true),
            "line_too_short": bool(short),
            "unlabelled_axis": not all(panel.is_labelled for panel in w_b + data + loss),
            "labels_exchanged": any(map(has_exchanged_labels, w_b + data + loss)),
        }


def has_exchanged_labels(panel: Panel) -> bool:
    """The vertical axis is named after the epochs, or after x, and the horizontal one is not."""
    across, up = (re.findall(r"[a-z]+", label.lower()) for label in (panel.xlabel, panel.ylabel))
    return (across, up) == (["y"], ["x"]) or (TIME & set(up[:1]) != set() and not TIME & set(across))


def is_well_labelled(panel: Panel) -> bool:
    """Both axes have a label, and it is theirs."""
    return panel.is_labelled and not has_exchanged_labels(panel)


def _flat(value: Any) -> list[Any]:
    return (
        list(np.ravel(np.asarray(value, dtype=object)))
        if isinstance(value, (list, tuple, np.ndarray))
        else [value]
    )
