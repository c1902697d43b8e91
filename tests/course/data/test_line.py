"""Lesson 1's points, and every fact about them that the lesson states."""

from __future__ import annotations

import numpy as np
import pytest

from course.data.line import line_data
from course.playground.playground_math import descent_path, line_matrix, squared_loss


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    return line_data()


def losses_at(rate: float, points: tuple[np.ndarray, np.ndarray], epochs: int = 100) -> np.ndarray:
    A = line_matrix(points[0])
    return squared_loss(A, points[1], descent_path(A, points[1], rate, epochs))


def test_the_points_are_those_of_the_legacy_generator(points):
    random = np.random.RandomState(42)
    x = random.uniform(-5, 5, 100)
    noise = random.normal(0, 1.5, 100)
    np.testing.assert_allclose(points[0], x, rtol=1e-12)
    np.testing.assert_allclose(points[1] - noise, 1.5 * x + 2, rtol=1e-9)
    assert points[0].shape == points[1].shape == (100,)
    assert points[0].dtype == points[1].dtype == np.float64


def test_each_call_gives_arrays_of_its_own(points):
    X, y = line_data()
    X[:] = y[:] = 0
    again = line_data()
    assert np.array_equal(again[0], points[0]) and np.array_equal(again[1], points[1])


def test_the_loss_starts_where_the_lesson_says(points):
    assert round(np.mean(points[1] ** 2), 3) == 22.163


def test_a_hundred_epochs_end_where_the_lesson_says(points):
    X, y = points
    w = b = 0.0
    for _ in range(100):
        residual = w * X + b - y
        loss = np.mean(residual**2)
        w, b = w - 0.01 * 2 * np.mean(residual * X), b - 0.01 * 2 * np.mean(residual)
    assert (round(w, 4), round(b, 4), round(loss, 3)) == (1.4206, 1.7024, 1.893)
    path = descent_path(line_matrix(X), y, 0.01, 100)
    np.testing.assert_allclose(path[-1], [w, b], rtol=1e-9)


def test_least_squares(points):
    X, y = points
    best = np.linalg.lstsq(np.column_stack([X, np.ones(100)]), y, rcond=None)[0]
    assert np.round(best, 5).tolist() == [1.43103, 1.97781]


def test_the_largest_stable_rate(points):
    X = points[0]
    hessian = 2 / 100 * np.array([[X @ X, X.sum()], [X.sum(), 100]])
    largest = 2 / np.linalg.eigvalsh(hessian)[-1]
    assert np.floor(largest * 1e6) / 1e6 == 0.112844
    below, above = (losses_at(rate, points, 5000) for rate in (0.112844, 0.112845))
    assert below[-1] < below[1000] and above[-1] > above[1000]


@pytest.mark.parametrize(("rate", "settles"), [(0.001, 1), (0.01, 1), (0.1, 1), (0.12, 0), (0.5, 0)])
def test_which_rates_settle(points, rate, settles):
    losses = losses_at(rate, points)
    assert (losses[-1] < losses[0]) == bool(settles)


def test_012_diverges_slowly_and_05_at_once(points):
    assert losses_at(0.12, points)[10] < 1000
    assert losses_at(0.5, points)[10] > 1e15


def test_the_four_formulas_give_the_numbers_of_the_lesson(points):
    X, y = points
    off = 0.0 - y
    values = [2 * off, off**2 * X, 2 * off * X, -2 * off * X]
    assert [float(f"{np.mean(value):.4g}") for value in values] == [-3.102, 43.56, -24.15, 24.15]


def test_the_parabola_of_the_lesson(points):
    c = np.mean(points[0] ** 2)
    assert round(c, 2) == 8.85 and round(1 / c, 3) == 0.113
    assert [round(1 - 2 * rate * c, 2) for rate in (0.5, 0.001, 0.01)] == [-7.85, 0.98, 0.82]
