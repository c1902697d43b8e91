"""Lesson 5's facts, by oracles that share nothing with the lesson; and what its checks see of a mini-batch run."""

from __future__ import annotations

import math
import re
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

from autograder.authoring.answer_files import judge_here
from course.predictions.reveal import WITHIN
from course.testing.trial import Mismatch
from tests.lessons.test_visible_tests import try_visibly
from tests.support.answers import bank, check_module, load, names_with_data

batch_replay = check_module("05-optimization", "batch_replay")
Rules, replay = batch_replay.Rules, batch_replay.replay
stopping = check_module("05-optimization", "stopping")
stops = stopping.stops

LESSON = "05-optimization"


@pytest.fixture(scope="module")
def names():
    return names_with_data(LESSON)


@pytest.fixture(scope="module")
def points(names):
    """The samples (x, y) as exact fractions."""
    return [(Fraction(float(x)), Fraction(float(y))) for x, y in zip(names["x"], names["y"][:, 0], strict=True)]


def test_the_data_are_eighty_noisy_points_on_an_even_grid(names):
    noise = np.random.default_rng(42).normal(0, 1, 80)
    np.testing.assert_array_equal(names["x"], np.linspace(0, 10, 80))
    np.testing.assert_array_equal(names["y"], (2.5 + 1.7 * names["x"] + noise)[:, None])


def curvatures(points) -> tuple[float, float]:
    """The eigenvalues of the 2 x 2 Hessian by the quadratic formula, from its trace and determinant."""
    n = len(points)
    mean, square = sum(x for x, _ in points) / n, sum(x * x for x, _ in points) / n
    trace, determinant = 2 * (1 + square), 4 * (square - mean * mean)
    root = math.sqrt(trace * trace / 4 - determinant)
    return float(trace / 2) - root, float(trace / 2) + root


def rounded_down(value: float, digits: int) -> str:
    return f"{math.floor(value * 10**digits) / 10**digits:.{digits}f}"


def test_the_curvatures_their_ratio_and_the_largest_rate(names, points):
    flat, steep = curvatures(points)
    assert (f"{flat:.5f}", f"{steep:.4f}", f"{steep / flat:.1f}") == ("0.49828", "68.5903", "137.7")
    assert rounded_down(2 / steep, 6) == "0.029158"
    assert names["max_stable_rate"](names["design_matrix"](names["x"])) == pytest.approx(2 / steep, rel=1e-12)


def exact_line(points) -> tuple[Fraction, Fraction]:
    """Intercept and slope of least squares, by Cramer's rule in exact arithmetic."""
    n, sx, sy = len(points), sum(x for x, _ in points), sum(y for _, y in points)
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    determinant = n * sxx - sx * sx
    return (sxx * sy - sx * sxy) / determinant, (n * sxy - sx * sy) / determinant


def test_least_squares_is_at_2_54674_and_1_69580(names, points):
    line = [float(value) for value in exact_line(points)]
    assert [f"{value:.5f}" for value in line] == ["2.54674", "1.69580"]
    theta = names["normal_equation"](names["design_matrix"](names["x"]), names["y"])
    assert theta[:, 0] == pytest.approx(line, rel=1e-10)


def descent(points, rate: float, steps: int):
    """Descent from zeros sample by sample: no matrix. Yields the line and its loss after each step."""
    samples, intercept, slope = [(float(x), float(y)) for x, y in points], 0.0, 0.0
    for _ in range(steps):
        residuals = [intercept + slope * x - y for x, y in samples]
        down = 2 * sum(residuals) / len(samples)
        down_slope = 2 * sum(r * x for r, (x, _) in zip(residuals, samples, strict=True)) / len(samples)
        intercept, slope = intercept - rate * down, slope - rate * down_slope
        yield (
            (intercept, slope),
            sum((intercept + slope * x - y) * (intercept + slope * x - y) for x, y in samples),
        )


def test_0_05_overflows_within_400_iterations(names, points):
    *_, (line, total) = descent(points, 0.05, 400)
    assert [f"{value:.1e}" for value in line] == ["-4.9e+153", "-3.3e+154"]
    assert total == math.inf
    with np.errstate(over="ignore"):
        theta, history = names["batch_gd"](names["design_matrix"](names["x"]), names["y"], 0.05, 400)
    assert theta[:, 0] == pytest.approx(line, rel=1e-9) and history[-1] == math.inf


def test_the_border_holds_from_both_sides(names, points):
    border = 2 / curvatures(points)[1]
    below, above = ([total for _, total in descent(points, share * border, 3000)] for share in (0.999, 1.001))
    assert below[-1] < below[0] and above[-1] > above[0]


@pytest.mark.parametrize(
    ("rate", "scaled", "stop"),
    [(0.01, 0, 957), (0.02, 0, 517), (0.025, 0, 424), (0.05, 1, 92), (0.1, 1, 50), (0.05, 0, 10)],
)
def test_where_early_stopping_stops(names, points, rate, scaled, stop):
    x = names["x"]
    if scaled:
        x = (x - x.mean()) / math.sqrt(((x - x.mean()) ** 2).mean())
        points = [(value, y) for value, (_, y) in zip(x, points, strict=True)]
    start = sum(float(y) ** 2 for _, y in points)
    losses = [total / len(points) for total in (start, *(total for _, total in descent(points, rate, stop + 20)))]
    waiting, place = 0, 0
    while waiting < 10:
        place += 1
        waiting = 0 if losses[place - 1] - losses[place] >= 1e-6 else waiting + 1
    assert place == stop
    _, history, stopped_at = names["early_stopping"](names["design_matrix"](x), names["y"], rate)
    assert stopped_at == len(history) == stop


def test_scaled_contours_are_circles_and_0_05_converges(names):
    Z, mean, std = names["standardize"](names["x"][:, None])
    A = names["design_matrix"](Z[:, 0])
    np.testing.assert_allclose(2 / 80 * A.T @ A, 2 * np.eye(2), atol=1e-12)
    theta, _ = names["batch_gd"](A, names["y"], 0.05, 400)
    assert names["unscale"](theta, mean, std)[:, 0] == pytest.approx([2.54674, 1.69580], abs=1e-5)


def test_a_large_map_takes_less_than_a_gigabyte(names):
    X = names["design_matrix"](names["x"])
    tracemalloc.start()
    grid = names["loss_grid"](X, names["y"], np.linspace(-10, 15, 2000), np.linspace(-2, 6, 2000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert grid.shape == (2000, 2000) and peak < 1e9
    assert grid[700, 1999] == pytest.approx(
        names["mse_cost"](X, names["y"], np.array([[np.linspace(-10, 15, 2000)[700]], [6.0]]))
    )


def test_the_notebook_says_these_numbers_and_halving_957_is_near_enough():
    lesson = load(LESSON)
    text = (lesson.course_dir / "source" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    for fact in ("-4.9e+153, -3.3e+154", "0.4983 and 68.59", "137.7", "0.02916", "2.547, 1.696", "stopped at 957"):
        assert fact in text, fact
    assert re.search(r"0\.01: 957, 0\.02: 517, 0\.025: 424.*0\.05: 92, 0\.1: 50", text)
    assert abs(957 / 2 - 517) <= WITHIN * 517


def test_a_replay_finds_the_batches_of_a_run_and_nothing_in_another():
    rng = np.random.default_rng(3)
    X, y = np.column_stack([np.ones(7), rng.normal(size=7)]), rng.normal(size=(7, 1))
    batches, theta, history = [(0, 3, 4), (1, 2, 6), (5,)], np.zeros((2, 1)), []
    for batch in batches:
        rows = list(batch)
        theta = theta - 0.05 * 2 / len(rows) * X[rows].T @ (X[rows] @ theta - y[rows])
        history.append(float(np.mean((X @ theta - y) ** 2)))
    found = replay(X, y, 0.05, 3, history)
    assert found.complete and found.batches == batches
    np.testing.assert_allclose(found.theta, theta)
    assert not replay(X, y, 0.05, 3, history, Rules(divisor=7)).complete
    assert not replay(X, y, 0.05, 3, [history[0], 0.9 * history[1]]).complete


def test_the_rule_counts_from_one_and_never_the_first():
    assert stops([4.0] * 11, 1e-6, 10) == 11
    assert stops([4.0] * 10, 1e-6, 10) is None
    assert stops([4.0, math.nan, math.nan], 0.1, 2) == 3


@pytest.mark.parametrize(
    ("key", "answer", "label"),
    [
        ("normal_equation", "normal_equation = lambda X, y: np.linalg.solve(X.T @ X, X.T @ y)", "singular_breaks"),
        ("max_stable_rate", "max_stable_rate = lambda X: 2 / np.linalg.norm(X, 2) ** 2", "n_forgotten"),
        ("mse_cost", "mse_cost = lambda X, y, t: np.mean((y.ravel() - X @ t) ** 2)", "flat_against_column"),
        ("loss_grid", "loss_grid = lambda X, y, a, b: np.mean((X[:, :1, None] * a[:, None] + "
         "X[:, 1:, None] * b - y[:, :, None]) ** 2, axis=0)", "cells_times_samples"),
    ],
)  # fmt: skip
def test_a_mistake_made_in_another_way_gets_the_same_label(key, answer, label):
    assert judge_here(load(LESSON), key, answer).misconception == label


# What the contract's column of traps says, by key: the visible tests name them before anything is handed in.
TRAPS = {
    "design_matrix": ["ones_last", "row_of_ones"],
    "mse_cost": ["flat_against_column", "half_of_it"],
    "mse_gradient_theta": ["factor_missing", "flipped_sign", "flat_shape"],
    "batch_gd": ["theta0_changed", "loss_before_step"],
    "normal_equation": ["singular_breaks"],
    "loss_grid": ["axes_swapped", "cells_times_samples"],
    "max_stable_rate": ["one_over_lambda", "singular_value_not_squared", "n_forgotten"],
    "standardize": ["ddof_1", "wrong_axis", "constant_gives_nan", "rounding_taken_for_spread"],
    "unscale": ["intercept_not_shifted", "multiplied_by_std"],
    "minibatch_gd": ["batch_loss_tracked", "divided_by_n", "large_batch_accepted"],
    "stop_at": ["patience_not_reset", "absolute_value", "one_late", "nan_never_stops"],
    "early_stopping": ["absolute_value", "one_late", "nan_never_stops", "best_returned"],
}


@pytest.mark.parametrize(("key", "trap"), [(key, trap) for key, traps in TRAPS.items() for trap in traps])
def test_a_known_trap_is_named_at_once(key, trap):
    with pytest.raises(Mismatch, match="→"):
        try_visibly(LESSON, next(each for each in bank(LESSON) if (each.key, each.name) == (key, trap)))
