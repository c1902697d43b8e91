"""The exact descent against a descent step by step, with slopes that are measured instead of derived."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from course.playground.playground_math import descent_path, level_curve, line_matrix, squared_loss, unit_spread


def measured_slope(A, y, theta, h=1e-4):
    nudges = h * np.eye(len(theta))
    return (squared_loss(A, y, theta + nudges) - squared_loss(A, y, theta - nudges)) / (2 * h)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_each_step_follows_the_measured_slope(columns):
    rng = np.random.default_rng(columns)
    A, y, start = rng.normal(size=(12, columns)), rng.normal(size=12), rng.normal(size=columns)
    path = descent_path(A, y, 0.07, 6, start)
    assert path.shape == (7, columns)
    np.testing.assert_allclose(path[0], start, rtol=1e-9)
    for before, after in pairwise(path):
        np.testing.assert_allclose(after, before - 0.07 * measured_slope(A, y, before), rtol=1e-6, atol=1e-9)


def test_a_direction_without_curvature_is_left_alone():
    A, y = np.array([[1.0, 1.0], [2.0, 2.0]]), np.array([1.0, 2.0])
    path = descent_path(A, y, 0.05, 500, np.array([3.0, -3.0]))
    np.testing.assert_allclose(path[-1], [3.5, -2.5], atol=1e-9)


def test_divergence_is_an_answer():
    A, y = line_matrix(np.array([1.0, 100.0])), np.array([1.0, 2.0])
    path = descent_path(A, y, 10.0, 400)
    assert not np.isfinite(path[-1]).all()
    assert not np.isfinite(squared_loss(A, y, path)[-1])


@pytest.mark.parametrize(
    ("X", "y", "rate", "steps", "named"),
    [
        ([], [], 0.1, 5, "y is empty"),
        ([1.0, 2.0], [1.0], 0.1, 5, "X has 2 values and y has 1"),
        ([1.0], [1.0], 0.0, 5, "rate is 0.0"),
        ([1.0], [1.0], float("nan"), 5, "rate is nan"),
        ([1.0], [1.0], float("inf"), 5, "rate is inf"),
        ([1.0], [1.0], 0.1, -1, "steps is -1"),
    ],
)
def test_bad_input_is_refused_by_name(X, y, rate, steps, named):
    with pytest.raises(ValueError, match=named):
        descent_path(line_matrix(np.array(X)), np.array(y), rate, steps)


def test_a_level_curve_lies_so_much_above_the_lowest_loss():
    rng = np.random.default_rng(5)
    A, y = line_matrix(rng.uniform(0, 10, 30)), rng.normal(size=30)
    lowest = squared_loss(A, y, level_curve(A, y, 0.0, 1))
    np.testing.assert_allclose(squared_loss(A, y, level_curve(A, y, 4.0, 50)), lowest[0] + 4.0)
    slopes = measured_slope(A, y, level_curve(A, y, 0.0, 1)[0])
    np.testing.assert_allclose(slopes, 0, atol=1e-6)


def test_a_unit_spread_has_its_zero_in_the_middle():
    places = unit_spread(np.array([1.0, 5.0, 3.0, 3.0]))
    np.testing.assert_allclose(places, [-(2**0.5), 2**0.5, 0, 0], atol=1e-12)
