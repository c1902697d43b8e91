"""Lesson 2's facts, by oracles that share nothing with the lesson; and mistakes that a label has to cover too."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from autograder.authoring.answer_files import judge_here
from tests.support.answers import load, names_with_data

LESSON = "02-bias-column"


@pytest.fixture(scope="module")
def names():
    return names_with_data(LESSON)


def test_the_data_come_from_the_line_in_the_order_that_is_told(names):
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 10, 100)
    noise = rng.normal(0, 1, 100)
    np.testing.assert_array_equal(names["y"], 3 * x + 2 + noise)
    np.testing.assert_array_equal(names["w_start"], rng.standard_normal(2))
    np.testing.assert_array_equal(names["X_b"], np.stack([x, x**0], axis=1))


def descent_in_fractions(names, epochs: int, rate: Fraction) -> tuple[list[float], list[Fraction]]:
    """Gradient descent in exact arithmetic, sample by sample: no matrix, no rounding."""
    points = [(Fraction(float(x)), Fraction(float(y))) for x, y in zip(names["x"], names["y"], strict=True)]
    slope, intercept = (Fraction(float(w)) for w in names["w_start"])
    losses = []
    for _ in range(epochs):
        residuals = [slope * x + intercept - y for x, y in points]
        losses.append(float(sum(r * r for r in residuals) / len(points)))
        down_slope = 2 * sum(r * x for r, (x, _) in zip(residuals, points, strict=True)) / len(points)
        down_intercept = 2 * sum(residuals) / len(points)
        slope, intercept = slope - rate * down_slope, intercept - rate * down_intercept
    return losses, [slope, intercept]


def test_the_loss_falls_from_526_to_1_12_by_epoch_5(names):
    losses, w = descent_in_fractions(names, 6, Fraction(0.01))
    assert f"{losses[0]:.1f}" == "526.0"
    assert f"{losses[5]:.2f}" == "1.12"
    own_w, own_losses = names["fit_gd"](names["X_b"], names["y"], names["w_start"], 0.01, 6)
    assert own_losses == pytest.approx(losses, rel=1e-12)
    assert own_w == pytest.approx([float(item) for item in w], rel=1e-12)


def least_squares_in_fractions(names) -> list[float]:
    """Slope and intercept by Cramer's rule on the two normal equations, in exact arithmetic."""
    points = [(Fraction(float(x)), Fraction(float(y))) for x, y in zip(names["x"], names["y"], strict=True)]
    n, sx, sy = len(points), sum(x for x, _ in points), sum(y for _, y in points)
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    determinant = n * sxx - sx * sx
    return [float((n * sxy - sx * sy) / determinant), float((sxx * sy - sx * sxy) / determinant)]


def test_the_closed_form_is_at_2_98693_and_1_99254(names):
    exact = least_squares_in_fractions(names)
    assert [f"{item:.5f}" for item in exact] == ["2.98693", "1.99254"]
    assert names["fit_closed_form"](names["X_b"], names["y"]) == pytest.approx(exact, rel=1e-12)


def curvatures(names) -> tuple[float, float]:
    """The eigenvalues of the 2 x 2 Hessian by the quadratic formula, from its trace and determinant."""
    x = names["x"]
    trace, determinant = 2 * (np.mean(x * x) + 1), 4 * (np.mean(x * x) - np.mean(x) ** 2)
    root = np.sqrt(trace**2 / 4 - determinant)
    return trace / 2 - root, trace / 2 + root


def test_the_condition_number_is_174_and_the_border_0_024987(names):
    flattest, steepest = curvatures(names)
    assert round(steepest / flattest) == 174
    assert np.floor(2 / steepest * 1e6) / 1e6 == 0.024987


def test_the_border_holds_from_both_sides(names):
    _, steepest = curvatures(names)
    for share, grows in ((0.9999, False), (1.0001, True)):
        _, losses = names["fit_gd"](names["X_b"], names["y"], names["w_start"], share * 2 / steepest, 2000)
        assert (losses[-1] > losses[0]) == grows


def test_after_200_epochs_the_slope_is_there_and_the_intercept_is_not(names):
    flattest, steepest = curvatures(names)
    exact = np.array(least_squares_in_fractions(names))
    # The two directions of the bowl: (2 mean(x^2) - curvature, 2 mean(x)) is orthogonal to the other's.
    across = np.array([2 * np.mean(names["x"]), 2 - flattest])
    along = np.array([2 * np.mean(names["x"]), 2 - steepest])
    shares = np.linalg.solve(np.stack([across, along], axis=1), names["w_start"] - exact)
    shrunk = shares * np.array([1 - 0.01 * steepest, 1 - 0.01 * flattest]) ** 200
    candidates = [exact + np.stack(pair, axis=1) @ shrunk for pair in ((across, along), (along, across))]
    w, losses = names["fit_gd"](names["X_b"], names["y"], names["w_start"], 0.01, 200)
    assert any(w == pytest.approx(candidate, rel=1e-6) for candidate in candidates)
    assert (f"{w[0]:.3f}", f"{w[1]:.3f}") == ("3.037", "1.633")
    assert losses[5] < 1.2 * losses[199]  # a plateau


def test_the_first_loss_that_is_inf_at_a_tenth_has_index_180(names):
    with np.errstate(over="ignore", invalid="ignore"):
        w, losses = names["fit_gd"](names["X_b"], names["y"], names["w_start"], 0.1, 400)
    assert int(np.argmax(np.isinf(losses))) == 180
    assert np.isfinite(losses[:180]).all()
    assert not np.isfinite(w).any()
    _, steepest = curvatures(names)
    # The mean adds up a hundred squares first, and their sum is what overflows.
    room = np.log(np.finfo(float).max / 100) - np.log(losses[1])
    assert 1 + int(np.ceil(room / np.log((0.1 * steepest - 1) ** 2))) == 180


def test_the_closed_form_is_nearer_to_the_truth_and_lower_in_loss(names):
    exact = np.array(least_squares_in_fractions(names))
    w, _ = names["fit_gd"](names["X_b"], names["y"], names["w_start"], 0.01, 200)
    truth = np.array([3.0, 2.0])
    assert np.all(np.abs(exact - truth) < np.abs(w - truth))
    loss = [np.mean((names["x"] * a + b - names["y"]) ** 2) for a, b in (exact, w, truth)]
    assert min(loss) == loss[0]


def test_noise_10_gives_a_mean_square_of_about_100(names):
    squares = [names["noise_study"]([10], np.random.default_rng(seed))[10][2] for seed in range(300)]
    assert np.mean(squares) == pytest.approx(98, abs=4)  # (n - 2) / n of the variance


# (key, label, answer): other ways to make the same mistake, which the label has to cover as well.
VARIANTS = [
    (
        "add_bias_column",
        "one_feature_only",
        "def add_bias_column(X):\n    return np.column_stack([X.T, np.ones(X.shape[-1])])",
    ),
    (
        "steps_to",
        "overflow_taken_for_arrival",
        "def steps_to(losses, target):\n"
        "    below = [i for i, loss in enumerate(losses) if loss <= target]\n"
        "    return below[0] if below else None",
    ),
    (
        "steps_to",
        "growth_taken_for_divergence",
        "def steps_to(losses, target):\n"
        "    if not max(losses) < 1e12 or np.isnan(losses).any():\n"
        "        return None\n"
        "    return next((i for i, loss in enumerate(losses) if loss <= target), None)",
    ),
    (
        "steps_to",
        "never_is_not_none",
        "def steps_to(losses, target):\n"
        "    if not np.all(np.isfinite(losses)):\n"
        "        return None\n"
        "    return int(np.argmax(np.array(losses) <= target))",
    ),
    (
        "steps_to",
        "never_is_not_none",
        "def steps_to(losses, target):\n"
        "    if not np.all(np.isfinite(losses)):\n"
        "        return None\n"
        "    return [i for i, loss in enumerate(losses) if loss <= target][0]",
    ),
    (
        "fit_gd",
        "w0_changed",
        "def fit_gd(X_b, y, w0, learning_rate, n_epochs):\n"
        "    losses = []\n"
        "    for _ in range(n_epochs):\n"
        "        losses.append(np.mean((X_b @ w0 - y) ** 2))\n"
        "        w0[:] = w0 - learning_rate * mse_gradient(X_b, y, w0)\n"
        "    return w0.copy(), losses",
    ),
    (
        "fit_gd",
        "other_loss",
        "def fit_gd(X_b, y, w0, learning_rate, n_epochs):\n"
        "    w, losses = w0.copy(), []\n"
        "    for _ in range(n_epochs):\n"
        "        losses.append(np.sqrt(np.mean((X_b @ w - y) ** 2)))\n"
        "        w = w - learning_rate * mse_gradient(X_b, y, w)\n"
        "    return w, losses",
    ),
    (
        "snapshots",
        "same_array_stored",
        "def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):\n"
        "    w = w0.copy()\n"
        "    rows, done = [w] * len(epochs), 0\n"
        "    for k, epoch in enumerate(epochs):\n"
        "        for _ in range(epoch - done):\n"
        "            w -= learning_rate * mse_gradient(X_b, y, w)\n"
        "        done, rows[k] = epoch, w\n"
        "    return np.array(rows)",
    ),
    (
        "fit_closed_form",
        "inverse_fails_on_collinear",
        "def fit_closed_form(X_b, y):\n    return np.linalg.solve(X_b.T @ X_b, X_b.T @ y)",
    ),
    (
        "fit_closed_form",
        "not_quite_lowest",
        "def fit_closed_form(X_b, y):\n    return fit_gd(X_b, y, np.zeros(X_b.shape[1]), 0.05, 300)[0]",
    ),
]
NOISE = (
    "def noise_study(noise_stds, rng):\n"
    "    {before}\n"
    "    results = {{}}\n"
    "    for std in noise_stds:\n"
    "        x = {x}\n"
    "        X_b = add_bias_column(x)\n"
    "        y = {y}\n"
    "        w = fit_closed_form(X_b, y)\n"
    "        results[std] = {result}\n"
    "    return results"
)
RIGHT_NOISE = {
    "before": "pass",
    "x": "rng.uniform(0, 10, 100)",
    "y": "3 * x + 2 + rng.normal(0, std, len(x))",
    "result": "(w[0], w[1], np.mean((X_b @ w - y) ** 2))",
}
NOISE_VARIANTS = [
    ("data_swapped", {"result": "(w[1], w[0], np.mean((X_b @ w - y) ** 2))"}),
    ("own_seed", {"before": "rng = np.random.default_rng(42)"}),
    ("variance_for_std", {"y": "3 * x + 2 + rng.normal(0, np.sqrt(std), len(x))"}),
    ("one_noise_draw", {"before": "z = rng.standard_normal(100)", "y": "3 * x + 2 + std * z"}),
    ("other_data", {"x": "rng.uniform(0, 10, 1000)"}),
    ("other_data", {"x": "rng.uniform(0, 10, 10)"}),
    ("other_data", {"x": "rng.uniform(0, 1, 100)"}),
    ("other_data", {"x": "rng.normal(0, 10, 100)"}),
]
VARIANTS += [("noise_study", label, NOISE.format(**(RIGHT_NOISE | change))) for label, change in NOISE_VARIANTS]


@pytest.mark.parametrize(
    ("key", "label", "answer"), VARIANTS, ids=[f"{key}-{label}" for key, label, _ in VARIANTS]
)
def test_a_label_covers_other_ways_to_the_same_mistake(key, label, answer):
    verdict = judge_here(load(LESSON), key, answer)
    assert (verdict.misconception, verdict.fraction < 1) == (label, True), verdict.text


def test_the_frame_of_the_noise_variants_is_right_itself():
    assert judge_here(load(LESSON), "noise_study", NOISE.format(**RIGHT_NOISE)).fraction == 1.0
