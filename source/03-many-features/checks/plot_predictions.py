"""The check of `plot_predictions`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.figures import Picture, Points, read_figure
from autograder.checking.mistakes import nothing

from .linear_model import Array


@check(
    returns_nothing="The function ends without handing the figure back.",
    not_a_figure="Hand back the Figure itself: the axes or a tuple are not enough.",
    trains_on_the_test_data="The model knows the test data: it must see the training data alone.",
    plots_the_training_data="The points are those of the training data: the test data are asked.",
    axes_swapped="The truth stands on the vertical axis: it is asked on the horizontal one.",
    not_trained_enough="The trained model is still far from least squares on the training data: train longer.",
    untrained_missing="The predictions of the untrained model are missing.",
    trained_missing="The predictions of the trained model are missing.",
    diagonal_missing="The diagonal is missing: it shows where a perfect model's points would lie.",
    unlabelled_axis="An axis does not say what it shows.",
)
def check_plot_predictions(plot_predictions: Any) -> Iterator[Finding]:
    """plot_predictions(...) shows predictions over truth on the test data before and after training."""
    rng = generator()
    x_train, x_test = rng.normal(size=(90, 2)), rng.normal(size=(35, 2))
    # Both planes are so far out that a start drawn from standard normals, b as well, comes within 0.1 of the one
    # with a chance of 2e-10, and never near the other.
    y_train = x_train @ [[2.4], [-4.5]] + 2.0 + 0.3 * rng.normal(size=(90, 1))
    y_test = x_test @ [[-5.0], [6.0]] + 4.0 + 0.3 * rng.normal(size=(35, 1))
    call = Call(plot_predictions, x_train, y_train, x_test, y_test, np.random.default_rng(rng.integers(2**31)))
    picture = _picture(call)
    yield call.satisfies(
        picture is not None,
        "a matplotlib Figure",
        {"returns_nothing": nothing, "not_a_figure": lambda call: call.error is None},
        part="truth and predictions",
    )
    if picture is None:
        return
    fits = [(panel, _fit(x_test, points, y_test)) for panel in picture.panels for points in panel.points]
    drawn = [(panel, fit) for panel, fit in fits if fit is not None]
    best, cheat = _least_squares(x_train, y_train), _least_squares(x_test, y_test)
    off = [float(np.max(np.abs(fit - best))) for _, fit in drawn]
    cheated = [float(np.max(np.abs(fit - cheat))) < 0.2 for _, fit in drawn]
    trained, untrained = any(gap <= 0.05 for gap in off), any(gap > 0.1 for gap in off)
    yield call.satisfies(
        trained and untrained and not any(cheated),
        "two sets of points over the truth of the test data: one untrained, one within 0.05 of least squares",
        {
            "trains_on_the_test_data": any(cheated),
            "plots_the_training_data": not drawn and _any_at(picture, y_train, across=True),
            "axes_swapped": not drawn and _any_at(picture, y_test, across=False),
            "not_trained_enough": not trained and len(drawn) > 1,
            "untrained_missing": trained and not untrained,
            "trained_missing": not trained and len(drawn) == 1,
        },
        part="truth and predictions",
    )
    panels = [panel for panel in picture.panels if not panel.is_empty]
    yield call.satisfies(
        bool(drawn) and all(any(line.follows(1.0, 0.0) for line in panel.lines) for panel, _ in drawn),
        "the diagonal on each panel",
        {"diagonal_missing": bool(drawn)},
        part="diagonal",
    )
    yield call.satisfies(
        bool(panels) and all(panel.is_labelled for panel in panels),
        "labelled axes",
        {"unlabelled_axis": True},
        part="labels",
    )


def _picture(call: Call) -> Picture | None:
    try:
        return read_figure(call.value)
    except Exception:
        return None


def _least_squares(X: Array, y: Array) -> Array:
    return np.asarray(np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y[:, 0], rcond=None)[0])


def _at(values: Array, y: Array) -> Array | None:
    """The places in `values` at which the numbers of y stand, in y's order; None if they are not all there."""
    if values.size != y.size:
        return None
    order, wanted = np.argsort(values), np.argsort(y[:, 0])
    if not np.allclose(values[order], y[wanted, 0], rtol=1e-9):
        return None
    places = np.empty(y.size, dtype=int)
    places[wanted] = order
    return places


def _fit(x_test: Array, points: Points, y_test: Array) -> Array | None:
    """The (w1, w2, b) of the model behind points (truth, prediction); None if these are no such points."""
    places = _at(points.x, y_test)
    if places is None:
        return None
    fit = _least_squares(x_test, points.y[places][:, None])
    exact = np.allclose(x_test @ fit[:2] + fit[2], points.y[places], rtol=1e-6, atol=1e-8)
    return fit if exact else None


def _any_at(picture: Picture, y: Array, across: bool) -> bool:
    everything = [points for panel in picture.panels for points in panel.points]
    return any(_at(points.x if across else points.y, y) is not None for points in everything)
